"""The wire behind an emulated endpoint: a socket that a transfer waits for in slices."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

SLICE_S = 0.01  # so soon a transfer that waits notices that the device has gone


def slices(timeout: int) -> Iterator[None]:
    """Yield until `timeout` milliseconds have passed; 0 means forever, as in libusb."""
    end_s = time.monotonic() + timeout / 1000 if timeout else float("inf")
    yield
    while time.monotonic() < end_s:
        yield


def send(wire: socket.socket, view: memoryview) -> int:
    """Return how many bytes of `view` the device took at once; 0 if it takes none now."""
    wire.setblocking(False)
    try:
        return wire.send(view)
    except BlockingIOError:
        return 0


def receive(wire: socket.socket, most: int) -> bytes:
    """Return what is there, at most `most` bytes. Raises ConnectionResetError when the device has gone."""
    wire.setblocking(False)
    try:
        piece = wire.recv(most)
    except BlockingIOError:
        return b""
    if not piece:
        raise ConnectionResetError
    return piece
