"""A bus, and a device on it whose wire the test holds the other end of; what cannot run on this system."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice
from tools.platforms import unit_tests_not_there

collect_ignore_glob = unit_tests_not_there(sys.platform)


@pytest.fixture
def wire() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The bus's side and the device's."""
    near, far = socket.socketpair()
    far.settimeout(5)
    yield near, far
    near.close()
    far.close()


@pytest.fixture
def far_end(wire: tuple[socket.socket, socket.socket]) -> socket.socket:
    """The device's side of the wire."""
    return wire[1]


@pytest.fixture
def bus() -> UsbBus:
    return UsbBus()


@pytest.fixture
def device(bus: UsbBus, wire: tuple[socket.socket, socket.socket]) -> BusDevice:
    plugged = BusDevice("1-1", wire=wire[0])
    bus.plug(plugged)
    return plugged
