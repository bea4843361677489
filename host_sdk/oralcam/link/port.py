"""A serial port, opened so that a camera is not reset by it, with one error for each way it can fail."""

from __future__ import annotations

import errno
import os
import select

import serial

from oralcam.errors import DeviceDisconnected, LinkError, PortInUse, PortNotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

READ_SIZE = 16384  # a pty gives 4 KB at once; asking for much more costs an allocation each time
WRITE_TIMEOUT_S = 1.0
POSIX = os.name == "posix"

if POSIX:
    import termios

    # pyserial lets all of these through when a port goes away, or is closed by another thread
    GONE: tuple[type[Exception], ...] = (
        serial.SerialException,
        OSError,
        termios.error,
        TypeError,
        ValueError,
    )
else:
    GONE = (serial.SerialException, OSError, TypeError, ValueError)


class Port:
    """An open port. `receive` and `send` may be used by one thread each; `wake` and `close` by any."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._serial = _open(name)
        self._wake_in, self._wake_out = os.pipe() if POSIX else (-1, -1)
        self._closed = False

    def receive(self, timeout: float) -> bytes:
        """What has arrived, at the latest after `timeout` seconds (then maybe b"").

        Raises `DeviceDisconnected` when the port has gone.
        """
        try:
            if not POSIX:
                self._serial.timeout = timeout
                return bytes(self._serial.read(self._serial.in_waiting or 1))
            data = self._read_now()
            if data:
                return data  # in the middle of a photo there mostly is more: that saves the select
            ready, _, _ = select.select([self._serial.fileno(), self._wake_in], [], [], timeout)
            if self._wake_in in ready:
                os.read(self._wake_in, 64)
            if len(ready) == (self._wake_in in ready):
                return b""
            data = self._read_now()
        except GONE as error:
            raise DeviceDisconnected(f"The camera on {self.name} was unplugged or lost power.") from error
        if not data:
            raise DeviceDisconnected(f"The camera on {self.name} hung up.")
        return data

    def _read_now(self) -> bytes:
        """What is there; b"" if there is nothing or, when select said otherwise, if the port hung up."""
        try:
            return os.read(self._serial.fileno(), READ_SIZE)
        except BlockingIOError:
            return b""

    def send(self, data: bytes) -> None:
        """Write all of `data`; raises `DeviceDisconnected` or, if the camera does not read, `LinkError`."""
        try:
            self._serial.write(data)
        except serial.SerialTimeoutException as error:
            raise LinkError(
                f"The camera on {self.name} does not take data: unplug it and plug it in again."
            ) from error
        except GONE as error:
            raise DeviceDisconnected(f"The camera on {self.name} was unplugged or lost power.") from error

    def wake(self) -> None:
        """Make a `receive` that waits return at once."""
        if POSIX and not self._closed:
            try:
                os.write(self._wake_out, b"w")
            except OSError:
                pass  # closed by another thread in this very moment

    def close(self) -> None:
        """Give the port back. The thread that receives must have ended."""
        if self._closed:
            return
        self._closed = True
        try:
            self._serial.close()
        except GONE:
            pass  # it was gone already
        if POSIX:
            os.close(self._wake_in)
            os.close(self._wake_out)


def _open(name: str) -> Any:
    try:
        # DTR and RTS stay set: changing them is how flashing tools reset a board
        options: dict[str, Any] = {"baudrate": 115200, "timeout": 0, "write_timeout": WRITE_TIMEOUT_S}
        if POSIX and "://" not in name:
            options["exclusive"] = True
        return serial.serial_for_url(name, **options)
    except (serial.SerialException, OSError, ValueError) as error:
        raise _explain(name, error) from error


def _explain(name: str, error: Exception) -> Exception:
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY) or "exclusively lock" in str(error):
        return PortInUse(f"Port {name} is in use by another program: close that program and try again.")
    if number in (errno.EACCES, errno.EPERM):
        return PortNotFound(
            f"Port {name} may not be opened: add yourself to the group that owns it (often dialout)."
        )
    if number == errno.ENOENT or "FileNotFoundError" in str(error):
        return PortNotFound(f"There is no port {name}: run `oralcam list` to see the cameras.")
    return PortNotFound(f"Port {name} cannot be opened as a serial port ({error}): run `oralcam list`.")
