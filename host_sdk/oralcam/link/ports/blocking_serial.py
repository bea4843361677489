"""Reading and writing a serial port of Windows, where neither `select` nor non-blocking writes are to be had.

Setting a timeout there sends the whole configuration to the device again, DTR and RTS included. So the read
timeout is set once, to a short one, and a longer wait is several reads.
"""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

READ_S = 0.05  # at most so late is an interrupt noticed where a read cannot be cancelled


def receive(serial: Any, timeout: float, stopped: Callable[[], bool]) -> bytes:
    """Return what has arrived, at the latest after `timeout` seconds or when `stopped`; then maybe b"".

    Raises what pyserial does when the port goes.
    """
    deadline_s = time.monotonic() + timeout
    while True:
        data = serial.read(serial.in_waiting or 1)
        if data:
            return bytes(data + serial.read(serial.in_waiting))
        if stopped() or time.monotonic() >= deadline_s:
            return b""


def send(serial: Any, data: bytes, timeout: float) -> bool:
    """Return whether the device took all of `data`. Raises what pyserial does, also when time is over."""
    if serial.write_timeout != timeout:
        serial.write_timeout = timeout
    return bool(serial.write(data) == len(data))


def interrupt(serial: Any) -> None:
    """Make a read and a write that another thread waits in return at once. Harmless where that cannot be."""
    for name in ("cancel_read", "cancel_write"):
        cancel = getattr(serial, name, None)
        if cancel is not None:
            cancel()
