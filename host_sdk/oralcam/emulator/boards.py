"""The boards that can be emulated: what runs the firmware, and where its sensor's frames go."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from oralcam.emulator.connector import Wires
from oralcam.emulator.micropython import firmware_folder
from oralcam.emulator.process import FirmwareProcess
from oralcam.emulator.qemu_arm.images import MACHINES, Images, find_images
from oralcam.emulator.qemu_arm.process import QemuProcess
from oralcam.emulator.qemu_arm.shared_memory import SharedMemory
from oralcam.errors import EmulatorError

UNIX = "unix"
BOARDS = (UNIX, *MACHINES)


class RunningBoard(Protocol):
    """A board with power."""

    @property
    def pid(self) -> int:
        """Process id."""

    def stop(self) -> None:
        """Cut the power."""


class FrameMemory(Protocol):
    """Where the bench puts a frame."""

    def write_bytes(self, data: bytes, /) -> object:
        """Put it there. Raises OSError if it has no room."""


class BoardKind(Protocol):
    """One of BOARDS with its state."""

    @property
    def frame(self) -> FrameMemory:
        """Where the sensor finds a frame."""

    def start(self, settings: Mapping[str, str], wires: Wires, bench: socket.socket) -> RunningBoard:
        """Switch it on."""


def board_named(name: str | None, state: Path, errors: Path, heap: str | None) -> BoardKind:
    """Return the board of that name, by default $ORALCAM_BOARD's or the unix one. Raises `EmulatorError`."""
    name = name or os.environ.get("ORALCAM_BOARD") or UNIX
    if name == UNIX:
        return UnixBoard(state, errors, heap)
    if name not in MACHINES:
        raise EmulatorError(f"There is no board {name} to emulate; there are {', '.join(BOARDS)}.")
    if heap is not None:
        raise EmulatorError(f"The board {name} has a heap of 256 KB: that cannot be chosen.")
    return QemuArmBoard(find_images(name, firmware_folder()), state, errors)


class UnixBoard:
    """MicroPython as a process of this computer's."""

    def __init__(self, state: Path, errors: Path, heap: str | None) -> None:
        self._state = state
        self._errors = errors
        self._heap = heap
        self.frame = state / "frame.jpg"

    def start(self, settings: Mapping[str, str], wires: Wires, bench: socket.socket) -> FirmwareProcess:
        """Start MicroPython."""
        for name in ("photos", "records"):
            (self._state / name).mkdir(parents=True, exist_ok=True)
        environment = {**settings, "ORALCAM_STATE": str(self._state)}
        return FirmwareProcess(environment, wires, bench, self._errors, self._heap)


class QemuArmBoard:
    """MicroPython on bare metal: a Cortex-M in QEMU, whose memory is a file in `state`."""

    def __init__(self, images: Images, state: Path, console: Path) -> None:
        self._images = images
        self._console = console
        state.mkdir(parents=True, exist_ok=True)
        self.frame = self.memory = SharedMemory(state / "psram.bin")
        self.cut_at = 0  # the power fails in the middle of the n-th write of the flash after switching on

    def start(self, settings: Mapping[str, str], wires: Wires, bench: socket.socket) -> QemuProcess:
        """Start QEMU."""
        return QemuProcess(
            self._images,
            self.memory,
            {**settings, "ORALCAM_CUT_AT": str(self.cut_at)},
            serial=wires.serial,
            bench=bench,
            console=self._console,
            bulk=wires.bulk,
        )
