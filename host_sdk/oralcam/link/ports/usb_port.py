"""The camera's bulk interface as a port, with the same errors as a serial one.

libusb's transfers cannot be stopped from another thread: they are short ones, one after the other.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from array import array

from oralcam.errors import CameraClosed, DeviceDisconnected, OralcamError, PortInUse, PortNotFound
from oralcam.link.ports import device_lock
from oralcam.link.ports.counters import LinkCounters
from oralcam.usb.descriptors import alternates_of, offering_configuration
from oralcam.usb.ids import node_of
from oralcam.usb.interface import BulkInterface, NotOffered, find_bulk_interface
from oralcam.usb.libusb import FAILED, Libusb, location_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from oralcam.trace.recorder import Recorder

READ_SIZE = 16384  # a multiple of every packet size: a device that keeps to its packets cannot overflow it
READ_S = 0.1  # one transfer; `close` waits for no more than that
WRITE_S = 0.05
MISHAPS = 8  # stalls or overflows in a row, before the interface is given up
CLOSE_S = 2.0  # for transfers that are under way in other threads
SHUT_DOWN = (getattr(errno, "ESHUTDOWN", None), errno.EIO, None)  # None: libusb has no word for it


class UsbPort:
    """An open bulk interface. `receive` and `send` may be used by one thread each; `interrupt` by any.

    `name` is "usb:BUS-PORTS", as `oralcam list` shows it. `backend` is a pyusb `IBackend`, libusb without.
    Raises `PortNotFound`, `PortInUse`, `MissingExtra`, and `DeviceDisconnected` if it goes meanwhile.
    """

    def __init__(
        self,
        name: str,
        recorder: Recorder | None = None,
        *,
        backend: Any = None,
        counters: LinkCounters | None = None,
    ) -> None:
        self.name = name
        self._recorder = recorder
        self._counters = counters or LinkCounters()
        self._buffer = array("B", bytes(READ_SIZE))
        self._mishaps = 0
        self._interrupted = False
        self._closed = False
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        self._detached: int | None = None  # the interface from which the kernel's driver was taken
        self._lock = -1
        self._libusb = Libusb(backend)
        try:
            self._device = self._find()
            self._lock = device_lock.lock(self._node(), name)
            interface = self._claim()
        except BaseException:
            self._give_back()
            raise
        self._inward = interface.inward.address
        self._outward = interface.outward

    # -- opening -------------------------------------------------------------------------------------

    def _find(self) -> Any:
        try:
            found = self._libusb.find(lambda device: location_of(device) == self.name)
        except FAILED as error:
            raise self._explain(error) from error
        if not found:
            raise PortNotFound(f"There is no device on {self.name}: run `oralcam list` to see the cameras.")
        return found[0]

    def _node(self) -> str:
        return node_of(self._device.bus or 0, self._device.address or 0)

    def _claim(self) -> BulkInterface:
        from usb.util import claim_interface

        try:
            interface = find_bulk_interface(alternates_of(self._configuration()))
            if self._kernel_drives(interface.number):
                self._device.detach_kernel_driver(interface.number)
                self._detached = interface.number
            claim_interface(self._device, interface.number)
            if interface.has_choice:
                self._device.set_interface_altsetting(interface.number, interface.setting)
        except NotOffered as refusal:
            raise PortNotFound(f"What is on {self.name} {refusal}: run `oralcam list`.") from refusal
        except FAILED as error:
            raise self._explain(error) from error
        return interface

    def _configuration(self) -> Any:
        """Return the configuration that is set.

        One is set only where there is none: setting it would pull the serial port away.
        """
        try:
            return self._device.get_active_configuration()
        except OSError as error:
            if error.errno is not None or getattr(error, "backend_error_code", None) is not None:
                raise
        configuration = offering_configuration(self._device)
        if any(self._kernel_drives(alternate.number) for alternate in alternates_of(configuration)):
            raise PortInUse(
                f"What is on {self.name} is used by the system in a way that is unknown: plug it in again."
            )
        try:
            self._device.set_configuration(configuration.bConfigurationValue)
        except OSError as error:
            if error.errno not in SHUT_DOWN:
                raise
            # a device that has just been plugged in may refuse the first time (seen with Linux gadgets)
            self._device.set_configuration(configuration.bConfigurationValue)
        return self._device.get_active_configuration()

    def _kernel_drives(self, interface: int) -> bool:
        try:
            return bool(self._device.is_kernel_driver_active(interface))
        except NotImplementedError:
            return False  # a system without such drivers

    def _explain(self, error: Exception) -> OralcamError:
        """Return the error that says why it cannot be opened."""
        number = getattr(error, "errno", None)
        is_denied = number in (errno.EACCES, errno.EPERM)
        if is_denied and device_lock.AVAILABLE:
            return PortNotFound(
                f"Port {self.name} may not be opened: install the udev rules (`oralcam udev --print`)."
            )
        if is_denied or number == errno.EBUSY:  # macOS and Windows deny what another program has open
            from oralcam.link.ports.port_holder import holder_of  # wanted only now

            holder = holder_of(self._node()) or "another program"
            return PortInUse(f"Port {self.name} is in use by {holder}: close it there and try again.")
        if isinstance(error, NotImplementedError):
            return PortNotFound(
                f"Port {self.name} has no driver through which it could be opened: "
                "`oralcam guide usb` tells which (WinUSB)."
            )
        if isinstance(error, (ValueError, IndexError)):
            return PortNotFound(f"The descriptors of what is on {self.name} contradict themselves ({error}).")
        return DeviceDisconnected(f"The camera on {self.name} went away while it was opened ({error}).")

    # -- using ---------------------------------------------------------------------------------------

    def receive(self, timeout: float) -> bytes:
        """Return what has arrived, after `timeout` seconds at the latest (then maybe b"").

        Raises `DeviceDisconnected` when the port has gone, `CameraClosed` after `interrupt`.
        """
        deadline = time.monotonic() + timeout
        while True:
            if self._interrupted:
                raise CameraClosed("The camera was closed.")
            left = deadline - time.monotonic()
            count = self._read_once(min(READ_S, left))
            if count:
                data = bytes(memoryview(self._buffer)[:count])
                if self._recorder is not None:
                    self._recorder.received(data)
                return data
            if left <= READ_S:
                return b""

    def _read_once(self, timeout: float) -> int:
        """Return how many bytes are in the buffer now."""
        try:
            with self._reading:
                if self._closed:
                    raise self._gone()
                # pyusb returns what came before a timeout; 0 ms would wait for ever
                count = int(self._device.read(self._inward, self._buffer, max(1, int(timeout * 1000))))
        except FAILED as error:
            self._survive(error, self._inward)
            return 0
        self._mishaps = 0
        return count

    def send(self, data: bytes, timeout: float) -> None:
        """Write all of `data`. Raises `DeviceDisconnected`, also if the camera does not take it in time."""
        view = memoryview(data)
        deadline = None
        while view:
            view = view[self._write_once(view) :]
            now = time.monotonic()
            deadline = now + timeout if deadline is None else deadline
            if view and (now >= deadline or self._interrupted):
                raise DeviceDisconnected(
                    f"The camera on {self.name} takes no data: unplug it and plug it in again."
                )
        if self._recorder is not None:
            self._recorder.sent(data)

    def _write_once(self, view: memoryview) -> int:
        """Return how many bytes the camera took."""
        length = len(view)
        if length % self._outward.packet_size == 0:
            # full packets only would have no end that the device can see: the last byte goes by itself
            length -= 1
        try:
            with self._writing:
                if self._closed:
                    raise self._gone()
                return int(
                    self._device.write(self._outward.address, bytes(view[:length]), int(WRITE_S * 1000))
                )
        except FAILED as error:
            self._survive(error, self._outward.address)
            return 0

    def _survive(self, error: Exception, endpoint: int) -> None:
        """Put right what can be put right. Raises `DeviceDisconnected` for all other failures."""
        number = getattr(error, "errno", None)
        if number in (errno.ETIMEDOUT, errno.EINTR):
            return
        if number not in (errno.EPIPE, errno.EOVERFLOW):
            raise self._gone() from error
        self._mishaps += 1
        if self._mishaps > MISHAPS:
            raise DeviceDisconnected(
                f"The camera on {self.name} answers with errors only: unplug it and plug it in again."
            ) from error
        if number == errno.EOVERFLOW:
            self._counters.usb_overflows += 1
            self._note(f"endpoint {endpoint:#04x} sent more than its packets hold")
            return
        self._counters.usb_stalls += 1
        self._note(f"endpoint {endpoint:#04x} stalled")
        try:
            with self._reading if endpoint & 0x80 else self._writing:
                if not self._closed:
                    self._device.clear_halt(endpoint)
        except FAILED as gone:
            raise self._gone() from gone

    def _note(self, text: str) -> None:
        if self._recorder is not None:
            self._recorder.note(text)

    def _gone(self) -> DeviceDisconnected:
        return DeviceDisconnected(f"The camera on {self.name} was unplugged or lost power.")

    # -- the end -------------------------------------------------------------------------------------

    def interrupt(self) -> None:
        """Make every thread that uses the port stop at once, and for good."""
        self._interrupted = True

    def close(self) -> None:
        """Close the port.

        The thread that receives must have ended; one that sends is waited for.
        """
        self._interrupted = True
        if self._closed:
            return
        self._closed = True
        # libusb must not lose a handle that a transfer is using: rather one is left over than a crash
        if self._reading.acquire(timeout=CLOSE_S) and self._writing.acquire(timeout=CLOSE_S):
            self._give_back()
            self._reading.release()
            self._writing.release()
        else:
            self._unlock()  # the camera's other interface may be of use still

    def _give_back(self) -> None:
        if self._detached is not None:
            from usb.util import release_interface

            try:
                release_interface(self._device, self._detached)
                self._device.attach_kernel_driver(self._detached)
            except FAILED:
                pass  # it has gone
        self._libusb.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
