"""What sysfs tells of the cameras that are connected."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam import list_cameras
from oralcam.discovery.cameras import CameraInfo
from oralcam.discovery.sysfs import sysfs_devices
from oralcam.usb import ids
from tests.unit.discovery.fake_sysfs import FakeSystem
from tests.unit.discovery.finding import only, serial_port


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
