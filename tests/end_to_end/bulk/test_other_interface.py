"""One of the two interfaces goes, and the other takes its place."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from oralcam import Camera, DeviceDisconnected
from oralcam.discovery.cameras import CameraInfo
from oralcam.emulator import Emulator
from oralcam.testing.usb.host import EmulatedCamera, EmulatedUsb
from tests.end_to_end.bulk.waiting import DEADLINE_S, until
from tools.faults.proxy.cable import Cable


@pytest.mark.unix_board("20 MB are more than its memory")
def test_the_bulk_interface_is_pulled_in_the_middle_of_a_photo(
    usb: EmulatedUsb, long_replay: Path, tmp_path: Path
) -> None:
    with Emulator(replay=long_replay, bulk=True) as emulator:
        device = usb.add(emulator)
        with Camera.open(emulator.serial_number, spool=tmp_path / "spool", host=usb) as camera:
            pulled: list[int] = []

            def pull(received: int, size: int) -> None:
                if received and not pulled:
                    pulled.append(received)
                    device.pull_bulk()

            emulator.bench.press()
            with pytest.raises(DeviceDisconnected):
                camera.next_press(DEADLINE_S, progress=pull)
            assert camera.wait_connected(DEADLINE_S)
            assert (camera.transport, camera.port) == ("serial", emulator.port)
            assert "no bulk interface" in camera.why_not_bulk
            progressed: list[int] = []
            photo = camera.next_press(DEADLINE_S, progress=lambda received, size: progressed.append(received))
            assert photo is not None
            assert photo.jpeg == long_replay.read_bytes()
            assert progressed[0] >= pulled[0]  # it went on from where it was
            assert camera.next_press(0) is None  # and is there once
            assert camera.losses == []


def test_the_bulk_interface_that_is_back_is_used_after_the_next_plug(
    camera: Camera, device: EmulatedCamera, emulator: Emulator
) -> None:
    device.pull_bulk()
    until(lambda: camera.down is None and camera.transport == "serial")
    device.give_back_bulk()
    assert camera.capture().size
    assert camera.transport == "serial"  # a session that works is left alone
    emulator.unplug()
    until(lambda: camera.down is not None)
    emulator.plug_in()
    assert camera.wait_connected(DEADLINE_S)
    assert (camera.transport, camera.why_not_bulk) == ("bulk", "")


def test_the_serial_port_goes_and_the_bulk_interface_takes_over(
    usb: EmulatedUsb, emulator: Emulator, tmp_path: Path
) -> None:
    with Cable(emulator.port, ()) as pty:
        device = usb.add(emulator, serial_port=pty.port)
        device.pull_bulk()
        until(lambda: usb.cameras()[0].ports)
        with Camera.open(emulator.serial_number, spool=tmp_path / "spool", host=usb) as camera:
            assert camera.transport == "serial"
            device.give_back_bulk()
            pty.pull()
            until(lambda: camera.down is None and camera.transport == "bulk")
            assert camera.capture().size


def test_a_port_that_was_named_is_the_only_one_used(
    usb: EmulatedUsb, device: EmulatedCamera, emulator: Emulator, tmp_path: Path
) -> None:
    with Camera("usb:1-1", spool=tmp_path / "spool", host=usb) as camera:
        device.pull_bulk()
        until(lambda: camera.down is not None)
        assert not camera.wait_connected(0.7)
        device.give_back_bulk()
        assert camera.wait_connected(DEADLINE_S)
        assert camera.transport == "bulk"
    with Camera(emulator.port, spool=tmp_path / "spool", host=usb) as camera:
        emulator.unplug()
        emulator.plug_in()
        until(lambda: camera.link_counters.reconnects == 1)
        assert (camera.transport, camera.why_not_bulk) == ("serial", "The port was named.")


def test_a_bulk_interface_that_fails_again_and_again_is_tried_last(
    camera: Camera, device: EmulatedCamera, usb: EmulatedUsb
) -> None:
    def fail() -> None:
        device.settings.clear()
        device.claimed.clear()  # as when the system takes the interface away for a moment

    for _ in range(2):
        reconnects = camera.link_counters.reconnects
        fail()
        until(lambda: camera.link_counters.reconnects > reconnects)  # noqa: B023
        assert camera.transport == "bulk"
    fail()
    until(lambda: camera.link_counters.reconnects == 3)
    assert camera.transport == "serial"
    assert "several times" in camera.why_not_bulk


def test_a_board_that_resets_faster_than_one_looks_has_not_failed(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmulatedUsb() as usb:
        usb.add(emulator)
        is_back = threading.Event()
        is_back.set()
        cameras = usb.cameras

        def late() -> list[CameraInfo]:
            assert is_back.wait(DEADLINE_S)
            return cameras()

        monkeypatch.setattr(usb, "cameras", late)
        with Camera.open(emulator.serial_number, spool=tmp_path / "spool", host=usb) as camera:
            for reset in range(1, 5):
                is_back.clear()
                emulator.reset()
                is_back.set()
                until(lambda: camera.link_counters.reconnects == reset and camera.down is None)  # noqa: B023
                assert camera.transport == "bulk"
