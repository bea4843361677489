"""The device may go at any call."""

from __future__ import annotations

import socket

import pytest

from oralcam.errors import (
    DeviceDisconnected,
    PortNotFound,
)
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice
from tests.unit.link.ports.usb_port.driving import (
    DEADLINE_S,
    NAME,
    calls_of_a_life,
    live,
    outcome,
)


@pytest.mark.parametrize("configured", [True, False])
def test_it_may_vanish_at_any_call(
    bus: UsbBus, device: BusDevice, far_end: socket.socket, configured: bool
) -> None:
    if not configured:
        device.kernel_drivers = set()
    device.configuration = int(configured)
    calls = calls_of_a_life(bus, far_end)
    assert len(calls) > 20
    for number in range(len(calls)):
        device.configuration = int(configured)
        left = [number]

        def vanish(name: str, left: list[int] = left) -> None:
            if left[0] == 0:
                bus.unplug(device)
            left[0] -= 1

        bus.on_call = vanish
        end = outcome(lambda: live(bus, far_end))
        assert end is None or isinstance(end, (DeviceDisconnected, PortNotFound)), (calls[number], end)
        assert bus.open_handles == 0, calls[number]  # while the traceback still knows the device
        bus.on_call = None
        bus.unplug(device)
        bus.plug(device)
    live(bus, far_end)


def test_the_next_device_on_the_same_port_is_another_one(
    port: UsbPort, bus: UsbBus, device: BusDevice
) -> None:
    bus.unplug(device)
    bus.plug(device)
    with pytest.raises(DeviceDisconnected):
        port.receive(DEADLINE_S)
    UsbPort(NAME, backend=bus).close()


def test_its_firmware_ends(port: UsbPort, far_end: socket.socket) -> None:
    far_end.close()
    with pytest.raises(DeviceDisconnected):
        port.receive(DEADLINE_S)
    with pytest.raises(DeviceDisconnected):
        port.send(b"data", DEADLINE_S)
