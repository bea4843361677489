"""A serial port, opened so that a camera is not reset by it, with one error for each way it can fail."""

from __future__ import annotations

import errno
import os
import select
import sys
import time

import serial

from oralcam.errors import CameraClosed, DeviceDisconnected, PortInUse, PortNotFound
from oralcam.link.ports import blocking_serial, device_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from oralcam.trace.recorder import Recorder

READ_SIZE = 16384  # a pty gives 4 KB at once; asking for much more costs an allocation each time
LAST_WORD_S = 0.25  # for what was sent last, when the port is closed
LOOK_S = 0.05  # a write that waits looks this often whether the port is being closed
POSIX = os.name == "posix"
TAKEN = ("exclusively lock", *(() if POSIX else ("PermissionError",)))

# pyserial lets all of these through when a port goes away, or is closed by another thread
GONE: tuple[type[Exception], ...] = (serial.SerialException, OSError, TypeError, ValueError)
if sys.platform != "win32":
    import termios

    GONE = (*GONE, termios.error)


class Port:
    """An open port. `receive` and `send` may be used by one thread each; `interrupt` by any."""

    def __init__(self, name: str, recorder: Recorder | None = None) -> None:
        self.name = name
        self._recorder = recorder
        self._lock = device_lock.lock(device_lock.node_of_serial_port(name), name)
        try:
            self._serial = _open(name)
        except BaseException:
            self._unlock()
            raise
        self._wake_in, self._wake_out = os.pipe() if POSIX else (-1, -1)
        self._interrupted = False
        self._closed = False

    def receive(self, timeout: float) -> bytes:
        """Return what has arrived, after `timeout` seconds at the latest (then maybe b"").

        Raises `DeviceDisconnected` when the port has gone, `CameraClosed` after `interrupt`.
        """
        if self._interrupted:
            raise CameraClosed("The camera was closed.")
        try:
            data = self._receive(timeout)
        except GONE as error:
            raise self._gone() from error
        if data is None:
            raise self._gone()
        if data and self._recorder is not None:
            self._recorder.received(data)
        return data

    def _receive(self, timeout: float) -> bytes | None:
        """Return what has arrived; None if the port hung up."""
        if not POSIX:
            return blocking_serial.receive(self._serial, timeout, lambda: self._interrupted)
        data = self._read_now()
        if data:
            return data  # in the middle of a photo there mostly is more: that saves the select
        ready, _, _ = select.select([self._serial.fileno(), self._wake_in], [], [], timeout)
        if self._wake_in in ready:
            os.read(self._wake_in, 64)
        if len(ready) == (self._wake_in in ready):
            return b""
        return self._read_now() or None

    def _read_now(self) -> bytes:
        """Return what is there.

        It is b"" if there is nothing or, when select said otherwise, if the port hung up.
        """
        try:
            return os.read(self._serial.fileno(), READ_SIZE)
        except BlockingIOError:
            return b""

    def send(self, data: bytes, timeout: float) -> None:
        """Write all of `data`. Raises `DeviceDisconnected`, also if the camera does not take it in time."""
        try:
            taken = self._write(data, timeout)
        except serial.SerialTimeoutException:
            taken = False
        except GONE as error:
            raise self._gone() from error
        if not taken:
            raise DeviceDisconnected(
                f"The camera on {self.name} takes no data: unplug it and plug it in again."
            )
        if self._recorder is not None:
            self._recorder.sent(data)

    def _write(self, data: bytes, timeout: float) -> bool:
        if not POSIX:
            return blocking_serial.send(self._serial, data, timeout)
        descriptor = self._serial.fileno()
        view = memoryview(data)
        deadline = None
        while True:
            try:
                view = view[os.write(descriptor, view) :]
            except BlockingIOError:
                pass  # full: the camera reads when it can
            if not view:
                return True
            now = time.monotonic()
            deadline = now + timeout if deadline is None else deadline
            if now >= deadline or self._interrupted:
                return False
            select.select([], [descriptor], [], min(LOOK_S, deadline - now))

    def _gone(self) -> DeviceDisconnected:
        return DeviceDisconnected(f"The camera on {self.name} was unplugged or lost power.")

    def interrupt(self) -> None:
        """Make every thread that uses the port stop at once, and for good."""
        self._interrupted = True
        if self._closed:
            return
        try:
            if POSIX:
                os.write(self._wake_out, b"w")
            else:
                blocking_serial.interrupt(self._serial)
        except GONE:
            pass  # closed by another thread in this very moment

    def close(self) -> None:
        """Close the port. The thread that receives must have ended."""
        if self._closed:
            return
        self._closed = True
        for step in (self._drop_what_is_not_taken, self._serial.close):
            try:
                step()
            except GONE:
                pass  # it was gone already; its descriptor is still ours to give back
        if POSIX:
            os.close(self._wake_in)
            os.close(self._wake_out)
        self._unlock()

    def _drop_what_is_not_taken(self) -> None:
        """Drop what the device has not taken.

        Linux would wait half a minute in `close` for a device that takes no data (closing_wait).
        """
        if not POSIX or "://" in self.name:
            return
        deadline = time.monotonic() + LAST_WORD_S
        while self._serial.out_waiting:
            if time.monotonic() > deadline:
                self._serial.reset_output_buffer()
                return
            time.sleep(0.005)

    def _unlock(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _open(name: str) -> Any:
    try:
        # DTR and RTS stay set: changing them is how flashing tools reset a board
        options: dict[str, Any] = {"baudrate": 115200, "timeout": 0 if POSIX else blocking_serial.READ_S}
        if POSIX and "://" not in name:
            options["exclusive"] = True
        return serial.serial_for_url(name, **options)
    except (serial.SerialException, OSError, ValueError) as error:
        raise _explain(name, error) from error


def _explain(name: str, error: Exception) -> Exception:
    number = getattr(error, "errno", None)
    # Windows denies a port to everybody but the program that has it; pyserial tells that as text
    if number in (errno.EAGAIN, errno.EBUSY) or any(sign in str(error) for sign in TAKEN):
        from oralcam.link.ports.port_holder import holder_of  # wanted only now

        holder = holder_of(name) or "another program"
        return PortInUse(f"Port {name} is in use by {holder}: close it there and try again.")
    if number in (errno.EACCES, errno.EPERM):
        return PortNotFound(
            f"Port {name} may not be opened: install the udev rules (`oralcam udev --print`), "
            "or add yourself to the group that owns it (often dialout)."
        )
    if number == errno.ENOENT or "FileNotFoundError" in str(error):
        return PortNotFound(f"There is no port {name}: run `oralcam list` to see the cameras.")
    return PortNotFound(f"Port {name} cannot be opened as a serial port ({error}): run `oralcam list`.")
