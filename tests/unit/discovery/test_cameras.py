"""What is connected, as cameras: joined over interfaces, each trouble named, nothing doubtful picked."""

from __future__ import annotations

import copy
import json
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from serial.tools.list_ports_common import ListPortInfo

from oralcam import CameraNotFound, list_cameras
from oralcam.cli.main import main
from oralcam.discovery.cameras import CameraInfo, cameras_of, find_ports, is_port, ports_of
from oralcam.discovery.pyusb import pyusb_devices
from oralcam.discovery.sysfs import sysfs_devices
from oralcam.discovery.usb_device import UsbDevice
from oralcam.discovery.usb_devices import joined, look
from oralcam.errors import PortNotFound
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BULK_INTERFACE, BusDevice, failure
from oralcam.usb import ids
from tests.unit.discovery.fake_sysfs import FakeSystem

RELAXED = settings(deadline=None, database=None)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    """This computer's USB is what the test plugs in."""
    fake = FakeSystem(tmp_path)
    monkeypatch.setattr(ids, "SYSFS", str(fake.sysfs))
    monkeypatch.setattr(ids, "DEV", str(fake.dev))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    return fake


@pytest.fixture
def may_open(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let this user open nothing but the files named: root may open everything, and tests may run as root."""

    def only(*allowed: object) -> None:
        names = {str(path) for path in allowed}
        monkeypatch.setattr(os, "access", lambda path, mode, **_: str(path) in names)

    return only


def only(target: str | None = None) -> tuple[str, ...]:
    return find_ports(target)


# -- sysfs -------------------------------------------------------------------------------------------


def test_a_camera_is_one_entry_with_both_interfaces_bulk_first(system: FakeSystem) -> None:
    system.plug("2-1.4")
    (camera,) = list_cameras()
    tty = f"{system.dev}/ttyACM0"
    assert camera == CameraInfo("OC-1", tty, "usb", "oralcam camera", ("usb:2-1.4", tty))
    assert only() == only("OC-1") == ("usb:2-1.4", tty)


def test_a_camera_whose_tty_is_missing_is_there_by_bulk(system: FakeSystem) -> None:
    system.plug(tty=None)
    assert (list_cameras()[0].port, only()) == ("usb:1-1", ("usb:1-1",))


def test_a_camera_without_a_bulk_interface(system: FakeSystem) -> None:
    system.plug(bulk=False)
    assert only() == (f"{system.dev}/ttyACM0",)


def test_other_devices_are_none(system: FakeSystem) -> None:
    system.plug("1-2", vendor="1d6b")
    (system.devices / "usb1").mkdir()
    (system.devices / "1-0:1.0").mkdir()
    assert list_cameras() == []


def test_where_there_is_no_sysfs_pyserial_is_asked(
    system: FakeSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(system.devices)
    ports = [serial_port("/dev/ttyACM0", "OC-1", "1-1:1.0")]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: ports)
    assert [camera.ports for camera in list_cameras()] == [("/dev/ttyACM0",)]


def test_a_serial_port_without_its_node_is_none(system: FakeSystem) -> None:
    system.plug()
    (system.dev / "ttyACM0").unlink()
    assert only() == ("usb:1-1",)


def test_it_does_without_libraries(system: FakeSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("usb", "serial.tools"):
        monkeypatch.setitem(sys.modules, name, None)
    system.plug()
    assert len(list_cameras()) == 1


@pytest.mark.parametrize(
    "gone", ["idVendor", "busnum", "devnum", "serial", "1-1:1.0", "1-1:1.2/bInterfaceClass", "1-1:1.0/tty"]
)
def test_a_device_that_goes_file_by_file_harms_nobody(system: FakeSystem, gone: str) -> None:
    path = system.plug()
    system.plug("1-2", "OC-2", "ttyACM1")
    victim = path / gone
    shutil.rmtree(victim) if victim.is_dir() else victim.unlink()
    assert "OC-2" in [camera.serial_number for camera in list_cameras()]
    assert only("OC-2")


@settings(max_examples=50, deadline=None, database=None)
@given(st.text(max_size=300), st.binary(max_size=8))
def test_any_text_of_a_device_is_one_printable_line(text: str, junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        fake = FakeSystem(Path(folder))
        patch.setattr(ids, "SYSFS", str(fake.sysfs))
        path = fake.plug()
        (path / "serial").write_bytes(text.encode("utf-8", "replace") + junk)
        (device,) = sysfs_devices()
        assert device.serial_number.isprintable()
        assert len(device.serial_number) <= 256


# -- troubles ----------------------------------------------------------------------------------------


def test_two_cameras_with_one_serial_number(system: FakeSystem) -> None:
    system.plug("1-1", "OC-1", "ttyACM0")
    system.plug("1-2", "OC-1", "ttyACM1")
    for camera in list_cameras():
        assert "Another camera has the serial number OC-1" in camera.trouble
    with pytest.raises(CameraNotFound, match=r"Several cameras say they are OC-1; .*ttyACM0, .*ttyACM1"):
        only("OC-1")
    with pytest.raises(CameraNotFound, match="without doubt"):
        only()


def test_a_camera_without_a_serial_number(system: FakeSystem) -> None:
    system.plug(serial=None)
    assert "no serial number" in list_cameras()[0].trouble
    with pytest.raises(CameraNotFound, match=r"ttyACM0: It gives no serial number"):
        only()


def test_a_foreign_device_with_our_numbers_is_named_and_in_nobodys_way(system: FakeSystem) -> None:
    system.plug("1-1", "OC-1", "ttyACM0", manufacturer="Blinky Inc.", product="Blinky")
    (foreign,) = list_cameras()
    assert "says it is Blinky Inc. Blinky" in foreign.trouble
    with pytest.raises(CameraNotFound):
        only()
    system.plug("1-2", "OC-1", "ttyACM1")  # even with the same serial number
    assert only() == only("OC-1") == ("usb:1-2", f"{system.dev}/ttyACM1")
    assert list_cameras()[1].trouble == ""


def test_a_device_that_says_nothing_of_itself_may_be_ours(system: FakeSystem) -> None:
    system.plug(manufacturer=None, product=None)
    assert (list_cameras()[0].trouble, list_cameras()[0].product) == ("", "oralcam")


def test_a_device_that_is_half_set_up(system: FakeSystem) -> None:
    system.plug("1-1", configuration="")
    system.plug("1-2", "OC-2", "ttyACM1")
    half, whole = list_cameras()
    assert "not set up" in half.trouble
    assert (half.port, half.ports) == ("", ())
    assert only() == whole.ports


def test_a_device_with_nothing_to_open(system: FakeSystem) -> None:
    system.plug(tty=None, bulk=False)
    assert "nothing that can be opened" in list_cameras()[0].trouble


def test_no_permission_for_anything(system: FakeSystem, may_open: Callable[..., None]) -> None:
    system.plug()
    may_open()
    (camera,) = list_cameras()
    assert camera.trouble.endswith("may not be opened: install the udev rules (`oralcam udev --print`).")
    assert "usb:1-1 and " in camera.trouble
    with pytest.raises(PortNotFound, match="udev rules"):
        only()


def test_no_permission_for_one_interface_is_a_note(system: FakeSystem, may_open: Callable[..., None]) -> None:
    path = system.plug()
    may_open(system.dev / "ttyACM0")
    (camera,) = list_cameras()
    assert (camera.trouble, camera.note[:7]) == ("", "usb:1-1")
    assert only() == camera.ports
    may_open(system.node(path))
    assert list_cameras()[0].note.startswith(f"{system.dev}/ttyACM0 may not")


def test_the_command_shows_each(system: FakeSystem, capsys: pytest.CaptureFixture[str]) -> None:
    system.plug("1-1", serial=None)
    system.plug("1-2", "OC-2", "ttyACM1")
    assert main(["list", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert "no serial number" in first["trouble"]
    assert (second["ports"], second["trouble"]) == (["usb:1-2", f"{system.dev}/ttyACM1"], "")
    assert main(["list"]) == 0
    shown = capsys.readouterr()
    assert f"OC-2           {system.dev}/ttyACM1 usb:1-2" in shown.out
    assert shown.err == f"{system.dev}/ttyACM0: {first['trouble']}\n"


# -- pyusb -------------------------------------------------------------------------------------------


def test_pyusb_sees_bulk_interfaces_and_claims_none(bus: UsbBus, device: BusDevice) -> None:
    (found,) = pyusb_devices(bus)
    assert (found.location, found.serial_number, found.has_bulk) == ("usb:1-1", "OC-1", True)
    assert (found.manufacturer, found.product) == ("oralcam", "oralcam camera")
    assert (bus.open_handles, device.claimed) == (0, {})


def test_pyusb_and_a_device_without_our_interface(bus: UsbBus, device: BusDevice) -> None:
    device.pulled.add(BULK_INTERFACE)
    assert [found.has_bulk for found in pyusb_devices(bus)] == [False]
    device.interfaces = []
    assert [found.is_complete for found in pyusb_devices(bus)] == [False]


@pytest.mark.parametrize("strings", [b"", b"\x02", b"\x04\x03\x00\xd8", b"\xff\x03a", None, "\x00\x07OC-1\n"])
def test_strings_that_lie_are_no_strings(bus: UsbBus, device: BusDevice, strings: bytes | str | None) -> None:
    device.strings[2] = strings
    (found,) = pyusb_devices(bus)
    assert found.serial_number in ("", "a", "OC-1")
    assert found.manufacturer == "oralcam"


def test_a_device_that_goes_while_its_strings_are_read(bus: UsbBus, device: BusDevice) -> None:
    other = BusDevice("1-2", serial_number="OC-2")
    bus.plug(other)
    calls: list[str] = []
    bus.on_call = calls.append
    pyusb_devices(bus)
    for number in range(len(calls)):
        left = [number]

        def vanish(name: str, left: list[int] = left) -> None:
            if left[0] == 0:
                bus.unplug(device)
            left[0] -= 1

        bus.on_call = vanish
        assert "OC-2" in [found.serial_number for found in pyusb_devices(bus)]
        assert bus.open_handles == 0
        bus.on_call = None
        bus.unplug(device)
        bus.unplug(other)
        bus.plug(device)
        bus.plug(other)


def test_no_permission_to_ask_for_strings(bus: UsbBus, device: BusDevice) -> None:
    device.is_denied = True
    (found,) = pyusb_devices(bus)
    assert (found.serial_number, found.has_bulk) == ("", True)


def test_a_libusb_that_fails_altogether_is_none(bus: UsbBus, device: BusDevice) -> None:
    def fail(name: str) -> None:
        raise failure(None)

    bus.on_call = fail
    assert pyusb_devices(bus) == []


@RELAXED
@given(st.binary(max_size=40))
def test_any_string_descriptor_is_survived(descriptor: bytes) -> None:
    bus = UsbBus()
    bus.plug(BusDevice(serial_number=descriptor))
    (found,) = pyusb_devices(bus)
    assert found.serial_number.isprintable()


# -- where there is no sysfs -------------------------------------------------------------------------


def serial_port(device: str, serial: str | None, location: str | None, **more: object) -> ListPortInfo:
    port = ListPortInfo(device, skip_link_detection=True)
    known = {"vid": 0x1209, "pid": 1, "serial_number": serial, "location": location, **more}
    for name, value in known.items():
        setattr(port, name, value)
    return port


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


# -- a camera that comes back ------------------------------------------------------------------------


def info(serial: str, *ports: str, trouble: str = "") -> CameraInfo:
    return CameraInfo(serial, ports[-1] if ports else "", "usb", "oralcam", ports, trouble)


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([info("OC-1", "usb:1-4", "tty4")], ["usb:1-4", "tty4"]),  # somewhere else, both interfaces
        ([info("OC-1", "tty1")], ["tty1"]),  # one has been pulled
        ([], ["usb:1-1"]),
        ([info("OC-2", "usb:1-1", "tty1")], []),  # its location is another camera's now
        ([info("", "usb:1-1", "tty1")], ["usb:1-1", "tty1"]),  # it never gave a serial number
        ([info("OC-1", "usb:1-1", "tty1"), info("OC-1", "usb:1-2", "tty2")], ["usb:1-1", "tty1"]),
        ([info("OC-1", "usb:1-2", "tty2"), info("OC-1", "usb:1-3", "tty3")], ["usb:1-1"]),
        ([info("OC-1")], ["usb:1-1"]),  # half set up
    ],
)
def test_where_it_may_be_again(there: list[CameraInfo], expected: list[str]) -> None:
    assert ports_of("OC-1", "usb:1-1", lambda: there) == expected


def test_a_listing_that_fails_is_looked_at_again() -> None:
    def torn() -> list[CameraInfo]:
        raise TypeError("int() of None")

    assert ports_of("OC-1", "usb:1-1", torn) == []


def test_what_is_told_of_a_camera_is_a_value() -> None:
    camera = info("OC-1", "usb:1-1", "tty1")
    assert (
        camera == info("OC-1", "usb:1-1", "tty1") == copy.copy(camera) == pickle.loads(pickle.dumps(camera))
    )
    assert len({camera, info("OC-1", "usb:1-1", "tty1"), info("OC-1", "tty1")}) == 2
    assert camera != "OC-1"
    assert eval(repr(camera)) == camera
    with pytest.raises(AttributeError, match="cannot be changed"):
        camera.port = "COM4"


def test_what_is_a_port_and_what_a_serial_number() -> None:
    assert all(map(is_port, ["/dev/ttyACM0", "COM3", "usb:1-1", "socket://h:1", "\\\\.\\COM12"]))
    assert not any(map(is_port, ["OC-1", "COMET", "usb"]))
