"""Build the interpreter: MicroPython's `qemu` port with the board's own files, not patched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.testbeds.debian import NotFetched
from tools.testbeds.qemu_arm.source import fetch_source

PIN = "micropython.sha256"
TIMEOUT_S = 900


def build_interpreter(port: Path, machine: str, target: Path) -> None:
    """Build `target`, an ELF file for one of QEMU's machines; raises `NotFetched` if something fails.

    Built in a folder that is clean: make does not see a change of MicroPython's features.
    """
    cache = target.parent
    cache.mkdir(parents=True, exist_ok=True)
    source = fetch_source(cache, port / PIN)
    with tempfile.TemporaryDirectory(dir=cache) as scratch:
        copy = Path(scratch) / "micropython"
        shutil.copytree(source, copy, symlinks=True)  # two builds at once do not meet
        _make(copy / "mpy-cross")
        built = Path(scratch) / "build"
        _make(
            copy / "ports" / "qemu",
            "BOARD=ORALCAM",
            f"BOARD_DIR={port}",
            f"MACHINE={machine}",
            f"BUILD={built}",
        )
        os.replace(built / "firmware.elf", target)


def _make(folder: Path, *variables: str) -> None:
    command = ["make", "--silent", f"--jobs={os.cpu_count() or 1}", "-C", str(folder), *variables]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotFetched(f"make: {error}") from error
    if done.returncode:
        raise NotFetched(f"make in {folder.name} failed: {done.stderr.strip()[-2000:]}")
