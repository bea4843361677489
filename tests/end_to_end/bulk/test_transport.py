"""Photos, events and light go over the bulk interface as over the serial port."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import PortNotFound
from oralcam.link.deadlines import Deadlines
from oralcam.testing.usb.host import EmulatedCamera, EmulatedUsb
from oralcam.trace.recorder import read_trace
from tests.end_to_end.bulk.waiting import DEADLINE_S


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
