"""An open bulk interface of a device on an emulated bus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oralcam.link.ports.counters import LinkCounters
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice
from tests.unit.link.ports.usb_port.driving import (
    NAME,
)


@pytest.fixture
def counters() -> LinkCounters:
    return LinkCounters()


@pytest.fixture
def port(bus: UsbBus, device: BusDevice, counters: LinkCounters) -> Iterator[UsbPort]:
    opened = UsbPort(NAME, backend=bus, counters=counters)
    yield opened
    opened.close()
