"""Stalls and overflows are survived and counted; every other error is a disconnection."""

from __future__ import annotations

import errno
import socket

import pytest

from oralcam.errors import (
    DeviceDisconnected,
)
from oralcam.link.ports.counters import LinkCounters
from oralcam.link.ports.usb_port import MISHAPS, UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice, failure
from tests.unit.link.ports.usb_port.driving import (
    DEADLINE_S,
    failing,
    taken,
)


def test_a_stall_is_cleared_and_counted(
    port: UsbPort, device: BusDevice, far_end: socket.socket, counters: LinkCounters
) -> None:
    device.halted |= {0x83, 0x03}
    far_end.sendall(b"after the stall")
    assert port.receive(DEADLINE_S) == b"after the stall"
    port.send(b"too", DEADLINE_S)
    assert taken(far_end, 3) == b"too"
    assert (counters.usb_stalls, device.halted) == (2, set())


def test_an_endpoint_that_stalls_for_ever_is_given_up(
    port: UsbPort, bus: UsbBus, device: BusDevice, counters: LinkCounters
) -> None:
    bus.on_call = lambda name: device.halted.update({0x83})
    with pytest.raises(DeviceDisconnected, match="errors only"):
        port.receive(DEADLINE_S)
    assert counters.usb_stalls == MISHAPS


def test_a_stall_that_cannot_be_cleared_is_the_end(port: UsbPort, bus: UsbBus, device: BusDevice) -> None:
    device.halted.add(0x83)
    bus.on_call = failing("clear_halt", failure(errno.ENODEV))
    with pytest.raises(DeviceDisconnected, match="unplugged"):
        port.receive(DEADLINE_S)


def test_an_overflow_is_counted_and_the_rest_goes_on(
    port: UsbPort, bus: UsbBus, far_end: socket.socket, counters: LinkCounters
) -> None:
    bus.on_call = failing("bulk_read", failure(errno.EOVERFLOW))
    far_end.sendall(b"what came next")
    assert port.receive(DEADLINE_S) == b"what came next"
    assert counters.usb_overflows == 1


@pytest.mark.parametrize("number", [errno.EINTR, errno.ETIMEDOUT])
def test_an_interruption_is_none(port: UsbPort, bus: UsbBus, far_end: socket.socket, number: int) -> None:
    bus.on_call = failing("bulk_read", failure(number))
    far_end.sendall(b"data")
    assert port.receive(DEADLINE_S) == b"data"


@pytest.mark.parametrize(
    "error",
    [
        *map(failure, (errno.ENODEV, errno.EIO, errno.ENOENT, errno.EPROTO, errno.ENOMEM, None)),
        ValueError("Invalid endpoint address"),
        NotImplementedError(),
    ],
    ids=str,
)
def test_every_other_error_is_a_disconnection(port: UsbPort, bus: UsbBus, error: Exception) -> None:
    bus.on_call = failing("bulk_read", error)
    with pytest.raises(DeviceDisconnected, match="unplugged or lost power"):
        port.receive(DEADLINE_S)
    bus.on_call = failing("bulk_write", error)
    with pytest.raises(DeviceDisconnected, match="unplugged or lost power"):
        port.send(b"data", DEADLINE_S)
