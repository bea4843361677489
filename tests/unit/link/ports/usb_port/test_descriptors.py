"""Descriptors that are missing or lie give a port or a sentence."""

from __future__ import annotations

import socket

from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.errors import (
    PortNotFound,
)
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BULK_INTERFACE, BusDevice
from oralcam.usb.interface import Alternate, Endpoint
from tests.unit.link.ports.usb_port.driving import (
    DEADLINE_S,
    NAME,
    OURS,
    outcome,
    refuses,
    taken,
)


def test_a_device_without_our_interface(bus: UsbBus, device: BusDevice) -> None:
    device.pulled.add(BULK_INTERFACE)
    refuses(bus, PortNotFound, "What is on usb:1-1 has no bulk interface")


def test_a_device_that_promises_endpoints_it_does_not_describe(bus: UsbBus, device: BusDevice) -> None:
    device.promised_endpoints = 30
    UsbPort(NAME, backend=bus).close()  # what it does describe is enough
    device.interfaces = [Alternate(0, 0, OURS, [])]
    refuses(bus, PortNotFound, "without a bulk endpoint")


def test_the_alternate_setting_that_has_the_endpoints_is_set(
    bus: UsbBus, device: BusDevice, far_end: socket.socket
) -> None:
    ends = [Endpoint(0x83, 2, 512), Endpoint(0x03, 2, 512)]
    device.interfaces = [Alternate(2, 0, OURS, []), Alternate(2, 1, OURS, ends)]
    port = UsbPort(NAME, backend=bus)
    assert device.settings == {2: 1}
    port.send(b"hello", DEADLINE_S)
    assert taken(far_end, 5) == b"hello"
    port.close()


def test_the_only_setting_is_not_set_again(port: UsbPort, device: BusDevice) -> None:
    assert device.settings == {}  # some devices stall when they are asked for it


byte = st.integers(0, 255)
lying_interfaces = st.lists(
    st.builds(
        Alternate,
        st.integers(0, 3),
        st.integers(0, 2),
        st.one_of(st.just(OURS), st.tuples(byte, byte, byte)),
        st.lists(st.builds(Endpoint, byte, byte, st.sampled_from([0, 8, 64, 512, 999])), max_size=3),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None, database=None)
@given(lying_interfaces, st.one_of(st.none(), byte), st.sampled_from([0, 1, 7]))
def test_any_descriptors_give_a_port_or_a_sentence(
    interfaces: list[Alternate], promised: int | None, configuration: int
) -> None:
    bus = UsbBus()
    device = BusDevice(interfaces=interfaces)
    device.promised_endpoints = promised
    device.configuration = configuration
    device.kernel_drivers = set()
    bus.plug(device)
    refusal = outcome(lambda: UsbPort(NAME, backend=bus).close())
    assert refusal is None or str(refusal).count("usb:1-1") == 1
    assert (bus.open_handles, device.claimed) == (0, {})
