"""The device's configuration and the kernel's driver are left as they were found."""

from __future__ import annotations

import errno

import pytest

from oralcam.errors import (
    DeviceDisconnected,
    PortInUse,
)
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BULK_INTERFACE, BusDevice, failure
from tests.unit.link.ports.usb_port.driving import (
    NAME,
    failing,
    refuses,
)


def test_a_device_without_a_configuration_gets_one(bus: UsbBus, device: BusDevice) -> None:
    device.configuration, device.kernel_drivers = 0, set()
    UsbPort(NAME, backend=bus).close()
    assert device.configuration == 1


@pytest.mark.parametrize("number", [errno.ESHUTDOWN, errno.EIO, None])
def test_a_configuration_that_is_refused_once_is_set_again(
    bus: UsbBus, device: BusDevice, number: int | None
) -> None:
    device.configuration, device.kernel_drivers = 0, set()
    bus.on_call = failing("set_configuration", failure(number))
    UsbPort(NAME, backend=bus).close()
    assert device.configuration == 1


def test_a_configuration_that_is_refused_twice_is_not(bus: UsbBus, device: BusDevice) -> None:
    device.configuration, device.kernel_drivers = 0, set()
    bus.on_call = failing("set_configuration", failure(errno.EIO), times=2)
    refuses(bus, DeviceDisconnected, "went away while it was opened")


def test_a_device_that_is_set_up_is_not_set_up_again(bus: UsbBus, device: BusDevice) -> None:
    called: list[str] = []
    bus.on_call = called.append
    UsbPort(NAME, backend=bus).close()
    assert "set_configuration" not in called
    assert device.kernel_drivers == {0, 1}  # the serial port is the kernel's still


def test_an_unknown_configuration_that_the_kernel_uses_is_left_alone(bus: UsbBus, device: BusDevice) -> None:
    device.configuration = 9  # none of those it describes
    refuses(bus, PortInUse, "used by the system")
    assert device.configuration == 9


def test_a_kernel_driver_on_the_interface_is_put_back_afterwards(bus: UsbBus, device: BusDevice) -> None:
    device.kernel_drivers.add(BULK_INTERFACE)
    port = UsbPort(NAME, backend=bus)
    assert device.kernel_drivers == {0, 1}
    port.close()
    assert device.kernel_drivers == {0, 1, BULK_INTERFACE}


def test_a_system_without_such_drivers(bus: UsbBus, device: BusDevice) -> None:
    bus.on_call = failing("is_kernel_driver_active", NotImplementedError())
    UsbPort(NAME, backend=bus).close()


def test_a_kernel_driver_that_does_not_let_go(bus: UsbBus, device: BusDevice) -> None:
    device.kernel_drivers.add(BULK_INTERFACE)
    bus.on_call = failing("detach_kernel_driver", failure(errno.EBUSY))
    refuses(bus, PortInUse, "in use by")
