"""A camera that stops talking, with its plug in: every call ends, and when it talks again all is well."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from oralcam import Camera, DeviceDisconnected
from oralcam.emulator import Emulator
from oralcam.errors import LinkError
from oralcam.link.deadlines import Deadlines
from tests.faults.test_close import Waiter, patient, stopped

DEADLINE_S = 60.0


def test_every_call_ends_and_the_camera_is_taken_up_again(replay: Path, tmp_path: Path) -> None:
    quick = Deadlines().faster(5)
    with (
        Emulator(replay=replay) as emulator,
        Camera(emulator.port, spool=tmp_path / "spool", deadlines=quick) as camera,
    ):
        with stopped(emulator.pid):
            waiters = [
                Waiter(call)
                for call in (
                    camera.health,
                    camera.capture,
                    lambda: list(camera.presses()),
                    camera.settings.get,
                )
            ]
            for waiter in waiters:
                waiter.join(DEADLINE_S)
                assert isinstance(waiter.ended, LinkError)
            with pytest.raises(DeviceDisconnected):
                camera.health()
        assert camera.wait_connected(DEADLINE_S)
        emulator.bench.press()
        photo = camera.next_press(DEADLINE_S)
        assert photo is not None
        assert photo.jpeg == replay.read_bytes()


def test_a_camera_that_dies_is_noticed_by_its_port_and_not_by_its_silence(replay: Path) -> None:
    with Emulator(replay=replay) as emulator, Camera(emulator.port, deadlines=patient()) as camera:
        waiter = Waiter(lambda: list(camera.presses()))
        os.kill(emulator.pid, signal.SIGKILL)
        waiter.join(DEADLINE_S)
        assert isinstance(waiter.ended, DeviceDisconnected)
