"""The firmware behind a bulk interface: the same photos, chosen by itself; the serial port when it goes."""

from __future__ import annotations

import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oralcam import Camera, DeviceDisconnected
from oralcam.discovery.cameras import CameraInfo
from oralcam.emulator import Emulator
from oralcam.errors import OralcamError, PortNotFound
from oralcam.link.deadlines import Deadlines
from oralcam.testing.usb.host import EmulatedCamera, EmulatedUsb
from oralcam.trace.recorder import read_trace
from tests.end_to_end.conftest import jpeg_of
from tests.faults.test_close import Waiter
from tools.faults.proxy.cable import Cable

DEADLINE_S = 60.0
PLUGS = 50


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, bulk=True, store="flash") as running:
        yield running


@pytest.fixture
def usb() -> Iterator[EmulatedUsb]:
    with EmulatedUsb() as host:
        yield host


@pytest.fixture
def device(usb: EmulatedUsb, emulator: Emulator) -> EmulatedCamera:
    return usb.add(emulator)


@pytest.fixture
def camera(usb: EmulatedUsb, device: EmulatedCamera, emulator: Emulator, tmp_path: Path) -> Iterator[Camera]:
    with Camera.open(emulator.serial_number, spool=tmp_path / "spool", host=usb) as opened:
        yield opened


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)  # gives way


def test_bulk_and_serial_deliver_the_same_bytes(
    usb: EmulatedUsb, device: EmulatedCamera, emulator: Emulator, tmp_path: Path, replay: Path
) -> None:
    photos = []
    for port in ("usb:1-1", emulator.port):
        with Camera(port, spool=tmp_path / "spool", host=usb) as camera:
            photos.append((camera.transport, camera.capture().jpeg))
    assert photos == [("bulk", replay.read_bytes()), ("serial", replay.read_bytes())]


def test_the_bulk_interface_is_used_where_there_is_one(camera: Camera) -> None:
    assert (camera.transport, camera.port, camera.why_not_bulk) == ("bulk", "usb:1-1", "")
    assert camera.health().ok


def test_presses_events_and_light_go_over_it(camera: Camera, emulator: Emulator, replay: Path) -> None:
    camera.lighting.preset("even")
    emulator.bench.press(2)
    presses = [camera.next_press(DEADLINE_S) for _ in range(2)]
    assert [photo.jpeg for photo in presses if photo] == [replay.read_bytes()] * 2


def test_a_trace_of_it_has_both_ways(usb: EmulatedUsb, device: EmulatedCamera, tmp_path: Path) -> None:
    with Camera("usb:1-1", spool=tmp_path / "spool", host=usb, trace=tmp_path / "trace") as camera:
        camera.health()
    entries = list(read_trace(tmp_path / "trace"))
    assert entries[0].note == "port usb:1-1 opened"
    assert {entry.to for entry in entries[1:]} == {"camera", "host"}


def test_no_write_ends_on_a_full_packet(camera: Camera, usb: EmulatedUsb) -> None:
    camera.capture()
    assert usb.bus.written
    assert not [length for length in usb.bus.written if length % 512 == 0]


# -- one interface goes ------------------------------------------------------------------------------


@pytest.fixture
def long_replay(tmp_path: Path) -> Path:
    path = tmp_path / "long.jpg"
    path.write_bytes(jpeg_of(20_000_000))
    return path


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


# -- the choice at the beginning ---------------------------------------------------------------------


@pytest.mark.parametrize("obstacle", ["denied", "kernel", "silent", "descriptors"])
def test_what_keeps_the_bulk_interface_from_being_used_is_told(
    usb: EmulatedUsb, device: EmulatedCamera, emulator: Emulator, tmp_path: Path, obstacle: str
) -> None:
    expected = {
        "denied": "oralcam udev --print",
        "kernel": "in use by another program",
        "silent": "Nothing answers on usb:1-1",
        "descriptors": "There is no device",
    }[obstacle]
    ports = ("usb:1-1", emulator.port)
    near, nobody = socket.socketpair()
    if obstacle == "denied":
        device.is_denied = True
    elif obstacle == "kernel":
        device.claimed[2] = object()
    elif obstacle == "silent":
        device.refresh = lambda: None  # type: ignore[method-assign]
        device.wire = near
    else:
        ports = ("usb:1-7", emulator.port)
    quick = Deadlines().faster(8)
    with Camera(ports, spool=tmp_path / "spool", host=usb, deadlines=quick) as camera:
        assert camera.transport == "serial"
        assert expected in camera.why_not_bulk
        assert camera.capture().size
    near.close()
    nobody.close()


def test_a_named_bulk_interface_that_cannot_be_used_is_an_error(
    usb: EmulatedUsb, device: EmulatedCamera
) -> None:
    device.is_denied = True
    with pytest.raises(PortNotFound, match="udev"):
        Camera("usb:1-1", host=usb)
    with pytest.raises(PortNotFound, match="There is no device on usb:3-1"):
        Camera("usb:3-1", host=usb)


# -- plugs -------------------------------------------------------------------------------------------


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
