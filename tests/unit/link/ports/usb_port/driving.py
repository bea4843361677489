"""What the tests of the bulk interface's port do with it: receive, take, fail, live a life."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from oralcam.errors import (
    OralcamError,
)
from oralcam.link.ports.usb_port import UsbPort
from oralcam.testing.usb.bus import UsbBus

NAME = "usb:1-1"
OURS = (0xFF, 0x4F, 0x43)
DEADLINE_S = 60.0


def received(port: UsbPort, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = port.receive(DEADLINE_S)
        assert piece
        data += piece
    return data


def taken(far_end: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += far_end.recv(65536)
    return data


def failing(name: str, error: Exception, times: int = 1) -> Callable[[str], None]:
    """For `bus.on_call`: that call fails so often."""
    left = [times]

    def on_call(called: str) -> None:
        if called == name and left[0]:
            left[0] -= 1
            raise error

    return on_call


def outcome(call: Callable[[], None]) -> OralcamError | None:
    """What it ends with."""
    try:
        call()
    except OralcamError as error:
        return error
    return None


def refuses(bus: UsbBus, kind: type[OralcamError], sentence: str, name: str = NAME) -> None:
    with pytest.raises(kind, match=sentence):
        UsbPort(name, backend=bus)
    assert bus.open_handles == 0
    assert not [device for device in bus.devices if device.claimed]


def calls_of_a_life(bus: UsbBus, far_end: socket.socket) -> list[str]:
    called: list[str] = []
    bus.on_call = called.append
    live(bus, far_end)
    return called


def live(bus: UsbBus, far_end: socket.socket) -> None:
    """Open, receive, send, close."""
    far_end.sendall(b"hello")
    port = UsbPort(NAME, backend=bus)
    try:
        port.receive(0.5)
        port.send(b"hello", 0.5)
    finally:
        port.close()
