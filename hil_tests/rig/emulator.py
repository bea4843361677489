"""The rig's own firmware under a real MicroPython, behind a pty, its pins in an emulated world."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.rig.world import World
from oralcam.emulator.connector import PtyConnector
from oralcam.emulator.micropython import module_path
from oralcam.emulator.process import FirmwareProcess
from oralcam.errors import EmulatorError

FIRMWARE = Path(__file__).resolve().parent / "firmware"
SERIAL_NUMBER = "RIG-EMULATOR"
START_TIMEOUT_S = 60.0  # on an emulated processor


class RigEmulator:
    """An emulated rig, from construction to `close`; a host opens `port`.

    Raises `EmulatorError` if it does not start.
    """

    def __init__(self, camera: EmulatedCamera) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="oralcam-rig-"))
        self._connector = PtyConnector(self._folder / "port")
        self._world: World | None = None
        self._process: FirmwareProcess | None = None
        errors = self._folder / "stderr.txt"
        try:
            here, there = socket.socketpair()
            with there:
                self._world = World(camera, here)
                self._start(there, errors)
            if not self._world.started.wait(START_TIMEOUT_S):
                said = (self._connector.said() + errors.read_text("utf-8", "replace")).strip().splitlines()
                raise EmulatorError(
                    f"The rig's firmware did not start: {' | '.join(said[-3:]) or 'silence'}."
                )
            self._connector.firmware_started()
        except BaseException:
            self.close()
            raise

    def _start(self, channel: socket.socket, errors: Path) -> None:
        wires = self._connector.power_on()
        try:
            self._process = FirmwareProcess(
                {"ORALCAM_SERIAL": SERIAL_NUMBER},
                wires,
                channel,
                errors,
                program=FIRMWARE / "main.py",
                modules=f"{FIRMWARE}:{module_path()}",
            )
        finally:
            os.close(wires.serial)

    @property
    def port(self) -> str:
        """The port that a host opens."""
        return self._connector.port

    def close(self) -> None:
        """Take its power away. Harmless when repeated."""
        if self._process is not None:
            self._process.stop()
            self._process = None
        self._connector.power_off()
        if self._world is not None:
            self._world.close()
            self._world = None
        shutil.rmtree(self._folder, ignore_errors=True)
