"""Run a guest program on the board in virtual time, and take its result."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from oralcam.emulator.micropython import firmware_folder
from oralcam.emulator.qemu_arm.images import Images, application_sources
from oralcam.emulator.qemu_arm.process import find_qemu, machine_options
from oralcam.emulator.qemu_arm.shared_memory import SharedMemory
from tools.testbeds.debian import NotFetched
from tools.testbeds.qemu_arm.application import pack_application
from tools.testbeds.qemu_arm.building import build

GUEST = Path(__file__).with_name("guest")
REPOSITORY = Path(__file__).resolve().parents[4]
MARK = "RESULT "
SETTINGS = {
    "ORALCAM_SERIAL": "EMU-VIRTUAL",
    "ORALCAM_STORE": "psram",
    "ORALCAM_STORE_BYTES": "8000000",
    "ORALCAM_RESET_CAUSE": "1",
    "ORALCAM_BULK": "0",
    "ORALCAM_RANDOM": "1",
    "ORALCAM_CUT_AT": "0",
}


def run_in_virtual_time(board: str, program: str, timeout_s: float) -> dict[str, Any]:
    """What the program `guest/PROGRAM.py` printed as its result, on a board named in MACHINES.

    The board is started before, too: the first start formats the flash. Raises `NotFetched`, with what the
    board said last, if there is no result.
    """
    built = build(board, say=lambda text: print(text, file=sys.stderr))
    with tempfile.TemporaryDirectory(prefix="oralcam-virtual-") as scratch:
        application = Path(scratch) / "application.romfs"
        memory = SharedMemory(Path(scratch) / "psram.bin")
        memory.write_settings(SETTINGS)
        images = Images(built.machine, built.interpreter, application)
        for started in ("format", program):
            pack_application(_sources(started), application)
            result = _result(images, memory, timeout_s)
    return result


def _result(images: Images, memory: SharedMemory, timeout_s: float) -> dict[str, Any]:
    command = [
        find_qemu(),
        *machine_options(images, memory),
        *("-icount", "shift=0,sleep=off"),
        *("-serial", "stdio", "-serial", "null", "-serial", "null", "-serial", "null"),
    ]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout_s
        )
    except subprocess.TimeoutExpired as error:
        raise NotFetched(f"The program did not end in {timeout_s:.0f} s: {error.stdout!r}") from error
    for line in done.stdout.splitlines():
        if line.startswith(MARK):
            result: dict[str, Any] = json.loads(line[len(MARK) :])
            return result
    raise NotFetched(f"The program had no result: {(done.stdout + done.stderr).strip()[-1500:]}")


def _sources(program: str) -> dict[str, Path]:
    sources = dict(application_sources(firmware_folder()))
    for path in sorted(GUEST.glob("*.py")):
        sources[path.relative_to(REPOSITORY).as_posix()] = path
    sources["main.py"] = GUEST / f"{program}.py"
    return sources
