"""One program at a time has a session with a camera, whichever of its interfaces it opens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from oralcam.errors import PortInUse
from oralcam.link.ports import device_lock
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice
from oralcam.usb import ids
from tests.unit.discovery.fake_sysfs import FakeSystem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such node")


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    fake = FakeSystem(tmp_path)
    monkeypatch.setattr(ids, "SYSFS", str(fake.sysfs))
    monkeypatch.setattr(ids, "DEV", str(fake.dev))
    return fake


def test_both_interfaces_have_one_node(system: FakeSystem) -> None:
    path = system.plug("1-1", tty="ttyACM3")
    assert device_lock.node_of_serial_port("/dev/ttyACM3") == str(system.node(path))
    assert device_lock.node_of_serial_port("/dev/ttyS0") is None
    assert device_lock.node_of_serial_port("socket://127.0.0.1:4000") is None


def test_the_second_is_told_who_is_first(system: FakeSystem) -> None:
    node = str(system.node(system.plug()))
    first = device_lock.lock(node, "usb:1-1")
    with pytest.raises(
        PortInUse, match=f"/dev/ttyACM0 is in use by this very program .process {os.getpid()}"
    ):
        device_lock.lock(node, "/dev/ttyACM0")
    os.close(first)
    os.close(device_lock.lock(node, "/dev/ttyACM0"))


def test_where_there_is_nothing_to_lock_nobody_is_kept_out(system: FakeSystem) -> None:
    assert device_lock.lock(None, "COM3") == -1
    assert device_lock.lock(f"{system.dev}/bus/usb/001/099", "usb:1-1") == -1


def test_a_bulk_interface_is_kept_from_who_has_the_serial_port(
    system: FakeSystem, bus: UsbBus, device: BusDevice
) -> None:
    path = system.plug()
    device.address = int((path / "devnum").read_text())
    held = device_lock.lock(device_lock.node_of_serial_port("/dev/ttyACM0"), "/dev/ttyACM0")
    with pytest.raises(PortInUse, match="this very program"):
        UsbPort("usb:1-1", backend=bus)
    assert bus.open_handles == 0
    os.close(held)
    port = UsbPort("usb:1-1", backend=bus)
    with pytest.raises(PortInUse):
        device_lock.lock(str(system.node(path)), "/dev/ttyACM0")
    port.close()
    os.close(device_lock.lock(str(system.node(path)), "/dev/ttyACM0"))
