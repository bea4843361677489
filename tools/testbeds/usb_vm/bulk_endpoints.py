"""The endpoints of the gadget's vendor bulk interface, as files of FunctionFS, and what the host does."""

from __future__ import annotations

import fcntl
import os
import select
import threading
from pathlib import Path

from tools.testbeds.usb_vm.function_descriptors import BulkDescription
from tools.testbeds.usb_vm.mounting import mount, unmount

EVENT_SIZE = 12  # struct usb_functionfs_event: a control request of 8 bytes, the type, padding
ENABLE, DISABLE, SETUP = 2, 3, 4  # enum usb_functionfs_event_type
TO_HOST = 0x80  # in bmRequestType
FUNCTIONFS_ENDPOINT_DESC = 0x80096782  # _IOR('g', 130, struct usb_endpoint_descriptor)
JOIN_S = 5.0


class BulkEndpoints:
    """The interface's files below `folder`, from construction to `close`. Bind the gadget after it is made.

    With `survives` the interface stays on the bus after `abandon`, with nobody behind it; without, the whole
    device vanishes then, as one does whose firmware crashes.
    """

    def __init__(
        self, name: str, folder: Path, description: BulkDescription, *, survives: bool = False
    ) -> None:
        self._folder = folder
        self._changed = threading.Condition()
        self._session = 0  # each time that the host configures the interface is one
        self._enabled = False
        self._files: list[int] = []
        folder.mkdir(parents=True, exist_ok=True)
        mount(name, folder, "functionfs", "no_disconnect=1" if survives else "")
        try:
            self._control = self._open("ep0", os.O_RDWR)
            os.write(self._control, description.descriptors())
            os.write(self._control, description.strings())
            # non-blocking means only: fail at once while no host has configured the interface
            self.from_host = self._open("ep1", os.O_RDONLY | os.O_NONBLOCK)
            self.to_host = self._open("ep2", os.O_WRONLY | os.O_NONBLOCK)
            self._wake_in, self._wake_out = os.pipe()
            self._files += [self._wake_in, self._wake_out]
            self._listener = threading.Thread(target=self._listen, name="usb-vm-ep0", daemon=True)
            self._listener.start()
        except BaseException:
            self._close_files()
            unmount(folder)
            raise
        self._mounted = True

    def _open(self, name: str, flags: int) -> int:
        descriptor = os.open(self._folder / name, flags | os.O_CLOEXEC)
        self._files.append(descriptor)
        return descriptor

    # -- what the host does ----------------------------------------------------------------------------

    def _listen(self) -> None:
        while True:
            ready, _, _ = select.select([self._control, self._wake_in], [], [])
            if self._wake_in in ready:
                return
            events = os.read(self._control, 4 * EVENT_SIZE)
            for at in range(0, len(events), EVENT_SIZE):
                kind = events[at + 8]
                if kind in (ENABLE, DISABLE):
                    self._set_enabled(kind == ENABLE)
                elif kind == SETUP:
                    self._refuse(to_host=bool(events[at] & TO_HOST))

    def _set_enabled(self, enabled: bool) -> None:
        with self._changed:
            self._enabled = enabled
            self._session += enabled
            self._changed.notify_all()

    def _refuse(self, *, to_host: bool) -> None:
        """No control request is known here: going the wrong way is how FunctionFS is told to stall."""
        try:
            if to_host:
                os.read(self._control, 0)
            else:
                os.write(self._control, b"")
        except OSError:
            pass  # EL2HLT: it stalled, as wanted

    def wait_for_session(self, after: int, stopped: threading.Event) -> int | None:
        """The number of a session later than `after` that the host has begun; None once `stopped`."""
        with self._changed:
            while not stopped.is_set():
                if self._enabled and self._session > after:
                    return self._session
                self._changed.wait()
        return None

    def wake(self) -> None:
        """Let those who wait for a session look whether they were stopped."""
        with self._changed:
            self._changed.notify_all()

    def packet_size(self) -> int:
        """Largest packet at the speed that the host has chosen, bytes; OSError while it has chosen none."""
        descriptor = fcntl.ioctl(self.to_host, FUNCTIONFS_ENDPOINT_DESC, bytes(9))
        return int.from_bytes(descriptor[4:6], "little")

    # -- the end --------------------------------------------------------------------------------------

    def abandon(self) -> None:
        """The program behind the interface is gone: its files are closed. Harmless when repeated."""
        if self._files:
            os.write(self._wake_out, b"x")
            self._listener.join(JOIN_S)
            self._close_files()

    def close(self) -> None:
        """Give everything back. Harmless when repeated."""
        self.abandon()
        if self._mounted:
            self._mounted = False
            unmount(self._folder)
            self._folder.rmdir()

    def _close_files(self) -> None:
        files, self._files = self._files, []
        for descriptor in reversed(files):  # ep0 last: with it the function is gone
            os.close(descriptor)
