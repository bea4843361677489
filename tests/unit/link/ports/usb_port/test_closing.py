"""Interrupted or closed, a port serves nobody any more, and leaves nothing behind."""

from __future__ import annotations

import gc
import os
import socket
import threading
import time

import pytest

from oralcam.errors import (
    CameraClosed,
    DeviceDisconnected,
)
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus
from oralcam.testing.usb.device import BusDevice
from oralcam.usb import libusb
from tests.unit.link.ports.usb_port.driving import (
    DEADLINE_S,
    NAME,
    live,
)


def test_an_interrupted_port_serves_nobody_any_more(port: UsbPort) -> None:
    assert port.receive(0.0) == b""
    port.interrupt()
    with pytest.raises(CameraClosed):
        port.receive(10.0)
    with pytest.raises(DeviceDisconnected):
        port.send(bytes(4 << 20), 10.0)


def test_interrupt_reaches_a_thread_that_waits(port: UsbPort) -> None:
    ended: list[Exception] = []

    def wait() -> None:
        try:
            port.receive(30.0)
        except CameraClosed as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    port.interrupt()
    thread.join(DEADLINE_S)
    assert len(ended) == 1


def test_close_waits_for_who_sends(port: UsbPort, bus: UsbBus) -> None:
    ended: list[Exception] = []

    def send() -> None:
        try:
            port.send(bytes(4 << 20), 30.0)
        except DeviceDisconnected as error:
            ended.append(error)

    thread = threading.Thread(target=send)
    thread.start()
    deadline = time.monotonic() + DEADLINE_S
    while not bus.written:
        assert time.monotonic() < deadline
    port.close()
    thread.join(DEADLINE_S)
    assert len(ended) == 1
    assert bus.open_handles == 0


def test_a_closed_port_says_so_and_closes_again(port: UsbPort) -> None:
    port.close()
    port.close()
    with pytest.raises(CameraClosed):
        port.receive(1.0)
    with pytest.raises(DeviceDisconnected):
        port.send(b"data", 1.0)


def test_a_handle_that_a_transfer_hangs_in_is_left_rather_than_freed(
    bus: UsbBus, device: BusDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oralcam.link.ports.usb_port.CLOSE_S", 0.05)
    port = UsbPort(NAME, backend=bus)
    is_inside, may_end = threading.Event(), threading.Event()

    def hang(name: str) -> None:
        if name == "bulk_read":
            is_inside.set()
            may_end.wait(DEADLINE_S)

    bus.on_call = hang
    thread = threading.Thread(target=lambda: port.receive(0.01))
    thread.start()
    assert is_inside.wait(DEADLINE_S)
    port.close()
    assert bus.open_handles == 1
    may_end.set()
    thread.join(DEADLINE_S)


def test_fifty_plugs_leave_nothing_behind(bus: UsbBus, device: BusDevice, far_end: socket.socket) -> None:
    live(bus, far_end)
    before = (len(os.listdir("/proc/self/fd")), len(threading.enumerate()))
    for _ in range(50):
        port = UsbPort(NAME, backend=bus)
        bus.unplug(device)
        with pytest.raises(DeviceDisconnected):
            port.receive(DEADLINE_S)
        port.close()
        bus.plug(device)
    gc.collect()
    assert (len(os.listdir("/proc/self/fd")), len(threading.enumerate())) == before
    assert bus.open_handles == 0
    live(bus, far_end)


def test_each_use_of_libusb_has_a_context_of_its_own() -> None:
    first, second = libusb._fresh_backend(), libusb._fresh_backend()
    assert first is not second
    first.finalize()
    second.finalize()
