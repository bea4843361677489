"""What pyusb tells of bulk interfaces, where there is no sysfs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.discovery.pyusb import pyusb_devices
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BULK_INTERFACE, BusDevice, failure

RELAXED = settings(deadline=None, database=None)


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
