"""Unplugged at any moment, fifty times: nothing is left behind."""

from __future__ import annotations

import gc
import os
import threading
import time
from pathlib import Path

import pytest

from oralcam import Camera, DeviceDisconnected
from oralcam.emulator import Emulator
from oralcam.errors import OralcamError
from oralcam.link.deadlines import Deadlines
from oralcam.testing.usb.host import EmulatedCamera, EmulatedUsb
from tests.end_to_end.bulk.waiting import DEADLINE_S, until
from tests.faults.test_close import Waiter

PLUGS = 50


@pytest.mark.parametrize("transfer", ["bulk_read", "bulk_write"])
@pytest.mark.parametrize("number", [1, 2, 5, 12, 30])
def test_unplugged_in_the_middle_of_a_capture(
    camera: Camera, emulator: Emulator, usb: EmulatedUsb, transfer: str, number: int, replay: Path
) -> None:
    left = [number]

    def pull(name: str) -> None:
        left[0] -= name == transfer
        if left[0] == 0:
            usb.bus.on_call = None
            emulator.unplug()

    usb.bus.on_call = pull
    waiter = Waiter(lambda: [camera.capture() for _ in range(100)])
    waiter.join(DEADLINE_S)
    assert isinstance(waiter.ended, DeviceDisconnected)
    emulator.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    assert camera.transport == "bulk"
    assert camera.capture().jpeg == replay.read_bytes()


def test_fifty_plugs_leave_nothing_behind(
    emulator: Emulator, usb: EmulatedUsb, device: EmulatedCamera, tmp_path: Path
) -> None:
    def held() -> tuple[int, int]:
        gc.collect()
        return len(os.listdir("/proc/self/fd")), len(threading.enumerate())

    deadlines = Deadlines()
    deadlines.look_again = 0.02
    ports = ("usb:1-1", emulator.port)
    with Camera(ports, spool=tmp_path / "spool", host=usb, deadlines=deadlines) as camera:
        camera.capture()
        before = held()
        for plug in range(1, PLUGS + 1):
            emulator.reset()
            until(lambda: camera.link_counters.reconnects == plug and camera.down is None)  # noqa: B023
            assert camera.transport == "bulk"
        assert held() == before
        assert usb.bus.open_handles == 1
        assert camera.capture().size
    assert usb.bus.open_handles == 0


def test_close_gives_the_interface_back_at_once(
    camera: Camera, usb: EmulatedUsb, device: EmulatedCamera
) -> None:
    waiter = Waiter(lambda: list(camera.presses()))
    began = time.monotonic()
    camera.close()
    assert time.monotonic() - began < DEADLINE_S
    waiter.join(DEADLINE_S)
    assert not isinstance(waiter.ended, OralcamError)
    assert (usb.bus.open_handles, device.claimed) == (0, {})
