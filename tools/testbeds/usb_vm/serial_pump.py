"""The gadget's serial side: /dev/ttyGS*, carried to the firmware's socket.

The kernel hangs the tty up whenever the host resets the device or takes its configuration away. The firmware
of a real board does not notice that; here the tty is opened anew.
"""

from __future__ import annotations

import os
import select
import socket
import threading
import time
import tty

from tools.testbeds.usb_vm.kernel_files import GadgetError

PIECE = 16384
HEARD_MAX = 4096
REOPEN_PAUSE_S = 0.02
JOIN_S = 5.0


def open_raw(path: str) -> int:
    """The tty, raw and non-blocking: nothing is echoed, nothing waits."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise GadgetError(f"{path} cannot be opened: {error.strerror}.") from error
    try:
        tty.setraw(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


class SerialPump:
    """Carries bytes between `path` and `firmware` (ours from here on), from construction to `stop`."""

    def __init__(self, path: str, firmware: socket.socket) -> None:
        self._path = path
        self._firmware = firmware
        self._tty = open_raw(path)
        self.heard = b""  # the first that the firmware said
        self._wake_in, self._wake_out = os.pipe()
        self._thread = threading.Thread(target=self._run, name="usb-vm-serial", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give everything back. Harmless when repeated."""
        if self._wake_out < 0:
            return
        os.write(self._wake_out, b"x")
        self._thread.join(JOIN_S)
        if self._tty >= 0:
            os.close(self._tty)
        for descriptor in (self._wake_in, self._wake_out):
            os.close(descriptor)
        self._wake_out = -1
        self._firmware.close()

    def _run(self) -> None:
        opened = time.monotonic()
        while self._carry():
            os.close(self._tty)
            self._tty = -1
            # at once: the host may be back within 10 ms. A tty that hangs up for ever must not take all CPU
            short = time.monotonic() - opened < REOPEN_PAUSE_S
            if short and select.select([self._wake_in], [], [], REOPEN_PAUSE_S)[0]:
                return
            try:
                self._tty = open_raw(self._path)
            except (GadgetError, OSError):
                return  # the function was removed
            opened = time.monotonic()

    def _carry(self) -> bool:
        """True if the tty hung up, False when it is over: stopped, or the firmware was killed."""
        ends = (self._tty, self._firmware.fileno())
        waiting = dict.fromkeys(ends, b"")  # what each end shall take
        other = {ends[0]: ends[1], ends[1]: ends[0]}
        while True:
            reading = [end for end in ends if not waiting[other[end]]]
            writing = [end for end in ends if waiting[end]]
            readable, writable, _ = select.select([*reading, self._wake_in], writing, [])
            if self._wake_in in readable:
                return False
            for end in readable:
                try:
                    data = os.read(end, PIECE)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if not data:
                    return end == self._tty
                waiting[other[end]] = data
                if end != self._tty and len(self.heard) < HEARD_MAX:
                    self.heard += data
            for end in {*writable, *(other[end] for end in readable)}:
                try:
                    waiting[end] = waiting[end][os.write(end, waiting[end]) :] if waiting[end] else b""
                except BlockingIOError:
                    continue
                except OSError:
                    return end == self._tty
