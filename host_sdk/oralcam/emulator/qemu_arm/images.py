"""Which interpreter and which application run on the board: cached files, named by a hash of their sources.

`python -m tools.testbeds.qemu_arm` makes them; here they are only found: what runs always fits the sources.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from oralcam.errors import EmulatorError

MACHINES = {"qemu-arm": "mps2-an385", "qemu-arm-m7": "mps2-an500"}  # Cortex-M3, Cortex-M7
PORT = "boards/qemu_arm/port"  # what the interpreter is built with, besides MicroPython's source
APPLICATION = (
    "main.py",
    "camera_app/**/*.py",
    "boards/__init__.py",
    "boards/bench/*.py",
    "boards/qemu_arm/*.py",
    "oralcam_protocol/__init__.py",
    "oralcam_protocol/wire/*.py",
)
BUILD_HINT = "run `python -m tools.testbeds.qemu_arm` in a checkout of oralcam"
HASH_DIGITS = 16


@dataclass(frozen=True)
class Images:
    """What QEMU loads: the interpreter (ELF) and the application (ROMFS), for a machine that it emulates."""

    machine: str
    interpreter: Path
    application: Path


def images_for(board: str, firmware: Path) -> Images:
    """Return where the images of a board of MACHINES belong, made or not; `firmware` has their sources."""
    machine = MACHINES[board]
    files = ((path.relative_to(firmware).as_posix(), path) for path in sorted((firmware / PORT).rglob("*")))
    port = _hash_of(machine, files)
    application = _hash_of("romfs", application_sources(firmware))
    cache = cache_folder()
    return Images(machine, cache / f"{machine}-{port}.elf", cache / f"application-{application}.romfs")


def find_images(board: str, firmware: Path) -> Images:
    """Find the images of a board, made; raises `EmulatorError` that says how to make them."""
    images = images_for(board, firmware)
    for path in (images.interpreter, images.application):
        if not path.exists():
            raise EmulatorError(f"The board {board} has not been built from these sources: {BUILD_HINT}.")
    return images


def application_sources(firmware: Path) -> list[tuple[str, Path]]:
    """Return name among the modules, and path, of each file of the application."""
    protocol = firmware.parent / "protocol"  # an installed package brings its own copy beside the firmware
    return [
        (path.relative_to(root).as_posix(), path)
        for root in (firmware, protocol)
        for pattern in APPLICATION
        for path in sorted(root.glob(pattern))
    ]


def cache_folder() -> Path:
    """Return where the images are: below $XDG_CACHE_HOME or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "oralcam" / "qemu_arm"


def _hash_of(first: str, files: Iterable[tuple[str, Path]]) -> str:
    digest = hashlib.sha256(first.encode())
    for name, path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"\0{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:HASH_DIGITS]
