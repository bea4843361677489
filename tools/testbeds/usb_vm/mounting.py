"""Mounts inside the VM."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.testbeds.usb_vm.kernel_files import GadgetError

TIMEOUT_S = 10


def mount(source: str, folder: Path, kind: str, options: str = "") -> None:
    """Mount a file system of the kernel's; raises `GadgetError`."""
    _run("mount", "-t", kind, *(["-o", options] if options else []), source, str(folder))


def unmount(folder: Path) -> None:
    """Raises `GadgetError`, mostly because a file in it is open."""
    _run("umount", str(folder))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode:
        raise GadgetError(f"{' '.join(command)} fails: {done.stderr.strip()}")
