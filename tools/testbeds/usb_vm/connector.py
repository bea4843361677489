"""Joins the emulator's firmware to a gadget: its serial port and bulk interface are real USB for the host.

>>> with usb_camera(serial_number="VM-0001") as camera:        # doctest: +SKIP
...     print(camera.port)                                     # /dev/ttyACM0
...     camera.unplug()
...     camera.plug_in()
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from oralcam.emulator import Emulator
from oralcam.emulator.connector import Wires
from tools.testbeds.usb_vm.gadget import Gadget
from tools.testbeds.usb_vm.kernel_files import GadgetError
from tools.testbeds.usb_vm.serial_pump import SerialPump

# what the firmware may have said that USB has not yet taken: a board's buffers are small too
BOARD_BUFFER = 16384


class GadgetConnector:
    """Implements `oralcam.emulator.connector.Connector`. The gadget stays its owner's: close it after."""

    def __init__(self, gadget: Gadget) -> None:
        self.gadget = gadget
        self._serial: SerialPump | None = None
        self._port = ""

    @property
    def port(self) -> str:
        """The serial port on the host (without one, the bulk interface's name); the last, if unplugged."""
        try:
            host = self.gadget.host
            self._port = (host.serial_port or self._port) if self.gadget.tty else host.name
        except GadgetError:
            pass  # the host has stopped
        return self._port

    def power_on(self) -> Wires:
        """Descriptors for the firmware; nothing is on the bus yet."""
        try:
            return Wires(self._connect_serial(), self._connect_bulk())
        except BaseException:
            self.power_off()
            raise

    def _connect_serial(self) -> int:
        if self.gadget.tty is None:
            return os.open("/dev/null", os.O_RDWR)
        ours, boards = _wire()
        self._serial = SerialPump(self.gadget.tty, ours)
        return boards.detach()

    def _connect_bulk(self) -> int | None:
        if self.gadget.bulk is None:
            return None
        ours, boards = _wire()
        self.gadget.bulk.connect(ours)
        return boards.detach()

    def said(self) -> str:
        """What the firmware printed at its start."""
        return "" if self._serial is None else self._serial.heard.decode("utf-8", "replace")

    def firmware_started(self) -> None:
        """Appear on the bus; returns when the host has configured the device."""
        self.gadget.plug_in()

    def power_off(self) -> None:
        """Vanish from the bus, then let go. Harmless when repeated."""
        self.gadget.unbind()
        if self.gadget.bulk is not None:
            self.gadget.bulk.disconnect()
        serial, self._serial = self._serial, None
        if serial is not None:
            serial.stop()


def _wire() -> tuple[socket.socket, socket.socket]:
    """A socket for us, a non-blocking one for the firmware."""
    ours, boards = socket.socketpair()
    boards.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BOARD_BUFFER)
    boards.setblocking(False)
    return ours, boards


@contextmanager
def usb_camera(
    serial_number: str = "VM-0001", *, gadget: dict[str, Any] | None = None, **emulator: Any
) -> Iterator[Emulator]:
    """An emulated camera on USB; `gadget` and the rest are options of `Gadget` and `Emulator`."""
    with (
        Gadget(serial_number, **(gadget or {})) as device,
        Emulator(connector=GadgetConnector(device), serial_number=serial_number, **emulator) as camera,
    ):
        yield camera
