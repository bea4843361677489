"""Windows and macOS: serial ports and bulk interfaces are joined to cameras; no doubtful one is picked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam import CameraNotFound, list_cameras
from oralcam.discovery.cameras import cameras_of, find_ports
from oralcam.discovery.pyusb import pyusb_devices
from oralcam.discovery.usb_device import UsbDevice
from oralcam.discovery.usb_devices import joined, look
from oralcam.errors import PortNotFound
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice
from tests.unit.discovery.finding import serial_port

RELAXED = settings(deadline=None, database=None)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, bus: UsbBus, tmp_path: Path) -> UsbBus:
    """A Mac: pyserial's ports and libusb's devices."""
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("oralcam.discovery.pyusb.pyusb_devices", lambda: pyusb_devices(bus))
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))
    return bus


def test_a_port_and_a_bulk_interface_of_one_place_are_one_camera(
    elsewhere: UsbBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.plug(BusDevice("20-1.4"))
    port = serial_port("/dev/cu.usbmodem1", "OC-1", "20-1.4", product="oralcam camera")
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [port, serial_port("x", "", None, vid=2)])
    (camera,) = list_cameras()
    assert camera.ports == ("usb:20-1.4", "/dev/cu.usbmodem1")
    assert camera.trouble == ""


def test_where_places_differ_the_serial_number_joins(
    elsewhere: UsbBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.plug(BusDevice("2-4"))
    ports = [serial_port("COM3", "OC-1", "1-4:x.0"), serial_port("COM4", "OC-2", None)]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: ports)
    assert [camera.ports for camera in list_cameras()] == [("usb:2-4", "COM3"), ("COM4",)]


def test_one_place_that_is_two_devices_joins_nothing(
    elsewhere: UsbBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.plug(BusDevice("1-4", serial_number="OC-1"))
    elsewhere.plug(BusDevice("2-4", serial_number="OC-2"))
    ports = [serial_port("COM3", "OC-2", "1-4:x.0"), serial_port("COM4", "OC-1", "2-4:x.0")]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: ports)
    assert [camera.ports for camera in list_cameras()] == [("usb:1-4", "COM4"), ("usb:2-4", "COM3")]


def test_a_busy_camera_that_does_not_say_its_name_is_the_one_that_there_is(
    elsewhere: UsbBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = BusDevice("2-4")
    busy.is_denied = True
    elsewhere.plug(busy)
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [serial_port("COM3", "OC-1", "1-4:x.0")])
    (camera,) = list_cameras()
    assert (camera.serial_number, camera.ports, camera.trouble) == ("OC-1", ("usb:2-4", "COM3"), "")


def test_two_ports_with_one_serial_number_do_not_join_by_it(
    elsewhere: UsbBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.plug(BusDevice("2-4"))
    elsewhere.plug(BusDevice("2-5"))
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [serial_port("COM3", "OC-1", None)])
    assert [device.serial_ports for device in look()] == [(), (), ("COM3",)]
    assert all("Another camera" in camera.trouble for camera in list_cameras())


def test_what_windows_calls_manufacturer_is_not_the_devices_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("oralcam.discovery.pyusb.pyusb_devices", list)
    port = serial_port("COM3", "OC-1", None, manufacturer="Microsoft")
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [port])
    assert cameras_of(look())[0].trouble == ""


places = st.sampled_from(["", "usb:1-1", "usb:1-2"])
devices = st.builds(
    UsbDevice,
    location=places,
    serial_number=st.sampled_from(["", "A", "B"]),
    manufacturer=st.sampled_from(["", "oralcam", "other"]),
    has_bulk=st.booleans(),
    is_complete=st.booleans(),
    serial_ports=st.sampled_from([(), ("COM1",), ("COM2",)]),
    denied=st.sampled_from([(), ("COM1",), ("COM1", "usb:1-1")]),
)


@RELAXED
@given(st.lists(devices, max_size=4), st.sampled_from([None, "A", "B"]))
def test_nothing_doubtful_is_ever_picked(found: list[UsbDevice], target: str | None) -> None:
    cameras = cameras_of(found)
    try:
        ports = find_ports(target, lambda: cameras)
    except (CameraNotFound, PortNotFound):
        return
    (picked,) = [
        camera for camera in cameras if not camera.trouble and target in (None, camera.serial_number)
    ]
    assert picked.ports == ports
    assert ports


@RELAXED
@given(st.lists(devices, max_size=3), st.lists(devices, max_size=3))
def test_joining_loses_no_port(first: list[UsbDevice], second: list[UsbDevice]) -> None:
    before = {port for device in first + second for port in device.serial_ports}
    assert {port for device in joined(first, second) for port in device.serial_ports} == before
