"""The joint between an emulated board and a host: here a pty.

In the USB VM it is a USB device of the kernel's.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

from oralcam.errors import EmulatorError

NO_PTY = (
    "The emulator needs a pseudo-terminal, and Windows has none: run `oralcam emulator --tcp 7070` in WSL, "
    "and open the camera with --port socket://127.0.0.1:7070 here."
)


class Wires(NamedTuple):
    """The descriptors that the firmware inherits, non-blocking. The emulator closes its own copies.

    `serial` becomes its standard input and output, `bulk` its bulk interface, if it has one.
    """

    serial: int
    bulk: int | None = None


class Connector(Protocol):
    """One plug. The emulator calls these in turn, any number of times; `power_off` may come at any moment."""

    @property
    def port(self) -> str:
        """The port at which a host opens the serial interface."""

    def power_on(self) -> Wires:
        """Return the wires for a board that is about to start."""

    def said(self) -> str:
        """Return what the firmware printed, if it died at its start."""

    def firmware_started(self) -> None:
        """Be there for hosts: the firmware runs."""

    def power_off(self) -> None:
        """Hang up, and be gone: the firmware has been killed. Harmless when repeated."""


class PtyConnector:
    """A serial port that is a pty, behind a path that stays the same over resets.

    With `bulk` the board has a second interface, a socket: `bulk` is the host's end, None without power.
    """

    def __init__(self, path: Path, *, bulk: bool = False) -> None:
        self._path = path
        self._wants_bulk = bulk
        self._open_slave = -1
        self._tty = ""
        self.bulk: socket.socket | None = None

    @property
    def port(self) -> str:
        """The path; it leads to the pty while there is power."""
        return str(self._path)

    def power_on(self) -> Wires:
        """Return a new pty."""
        if sys.platform == "win32":
            raise EmulatorError(NO_PTY)
        import pty
        import tty

        # one slave stays open here: with none, the firmware would read EIO as fast as it can
        master, self._open_slave = pty.openpty()
        tty.setraw(self._open_slave)
        self._tty = os.ttyname(self._open_slave)  # now: it cannot be asked for when the firmware has ended
        os.set_blocking(master, False)  # half a frame would otherwise stop all of the firmware's tasks
        if not self._wants_bulk:
            return Wires(master)
        self.bulk, boards = socket.socketpair()
        boards.setblocking(False)
        return Wires(master, boards.detach())

    def said(self) -> str:
        """Return what was printed, mostly a traceback."""
        if sys.platform == "win32":
            return ""
        os.set_blocking(self._open_slave, False)
        try:
            return os.read(self._open_slave, 65536).decode("utf-8", "replace")
        except OSError:
            return ""

    def firmware_started(self) -> None:
        """Make the path appear."""
        self._path.unlink(missing_ok=True)  # of an emulator that was killed
        if sys.platform != "win32":
            self._path.symlink_to(self._tty)

    def power_off(self) -> None:
        """Remove the path; a program that has the port open is hung up on."""
        self._path.unlink(missing_ok=True)
        if self._open_slave >= 0:
            os.close(self._open_slave)
            self._open_slave = -1
        if self.bulk is not None:
            self.bulk.close()
            self.bulk = None
