"""A bulk interface that cannot be opened: each reason has its own error and sentence."""

from __future__ import annotations

import pytest

from oralcam.errors import (
    MissingExtra,
    PortInUse,
    PortNotFound,
)
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice, failure
from tests.unit.link.ports.usb_port.driving import (
    NAME,
    failing,
    refuses,
)


def test_a_device_that_is_not_there(bus: UsbBus, device: BusDevice) -> None:
    refuses(bus, PortNotFound, "There is no device on usb:1-2", "usb:1-2")
    refuses(bus, PortNotFound, "There is no device on usb:nonsense", "usb:nonsense")


def test_no_permission_names_the_rules(
    bus: UsbBus, device: BusDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oralcam.link.ports.device_lock.AVAILABLE", True)
    device.is_denied = True
    refuses(bus, PortNotFound, "oralcam udev --print")


def test_where_there_are_no_permissions_denied_means_in_use(
    bus: UsbBus, device: BusDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oralcam.link.ports.device_lock.AVAILABLE", False)
    device.is_denied = True
    refuses(bus, PortInUse, "in use by another program")


def test_no_driver_at_all_as_on_windows(bus: UsbBus, device: BusDevice) -> None:
    bus.on_call = failing("open_device", NotImplementedError())
    refuses(bus, PortNotFound, "WinUSB")


def test_another_program_has_claimed_it(bus: UsbBus, device: BusDevice) -> None:
    with_it = UsbPort(NAME, backend=bus)
    with pytest.raises(PortInUse, match="in use by"):
        UsbPort(NAME, backend=bus)
    assert bus.open_handles == 1
    with_it.close()
    UsbPort(NAME, backend=bus).close()


def test_without_pyusb_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "usb.backend", None)
    with pytest.raises(MissingExtra, match=r"pip install \"oralcam\[usb\]\""):
        UsbPort(NAME)


@pytest.mark.parametrize("found", [None, type("Broken", (), {"lib": None, "__init__": lambda *_: None})])
def test_without_libusb_that_is_said(monkeypatch: pytest.MonkeyPatch, found: object) -> None:
    from usb.backend import libusb1

    def broken(*_: object) -> object:
        raise failure(None)

    backend = None if found is None else type("Backend", (), {"lib": 1, "__new__": broken})
    shared = None if backend is None else object.__new__(type("Shared", (backend,), {}))
    monkeypatch.setattr(libusb1, "get_backend", lambda: shared)
    with pytest.raises(MissingExtra, match=r"libusb 1\.0 is needed"):
        UsbPort(NAME)
