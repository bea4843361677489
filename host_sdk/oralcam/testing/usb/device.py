"""A device for the emulated USB bus: whatever descriptors a test wants, and what is wrong with it."""

from __future__ import annotations

import errno
import socket
import threading

from usb.core import USBError, USBTimeoutError

from oralcam.usb.ids import (
    INTERFACE_CLASS,
    INTERFACE_PROTOCOL,
    INTERFACE_SUBCLASS,
    MANUFACTURER,
    PRODUCT,
    PRODUCT_ID,
    VENDOR_ID,
)
from oralcam.usb.interface import BULK, Alternate, Endpoint

SERIAL_INTERFACE, BULK_INTERFACE = 0, 2
US_ENGLISH = 0x0409


def failure(number: int | None, text: str = "") -> USBError:
    """Return what libusb says, by errno; None is its "other error", ETIMEDOUT its timeout."""
    kind = USBTimeoutError if number == errno.ETIMEDOUT else USBError
    return kind(text or "emulated", -99 if number is None else -1, number)


def camera_interfaces(packet_size: int = 512) -> list[Alternate]:
    """Return a camera's interfaces: CDC-ACM's two, and the bulk interface."""
    ours = (INTERFACE_CLASS, INTERFACE_SUBCLASS, INTERFACE_PROTOCOL)
    return [
        Alternate(SERIAL_INTERFACE, 0, (2, 2, 0), [Endpoint(0x81, 3, 16)]),
        Alternate(1, 0, (10, 0, 0), [Endpoint(0x82, BULK, packet_size), Endpoint(0x02, BULK, packet_size)]),
        Alternate(
            BULK_INTERFACE, 0, ours, [Endpoint(0x83, BULK, packet_size), Endpoint(0x03, BULK, packet_size)]
        ),
    ]


class BusDevice:
    """A device, a camera unless told otherwise. Its attributes may be changed at any time.

    `location` is bus and ports, such as "1-1.4". `wire` is a connected socket: what bulk endpoints carry.
    """

    def __init__(
        self,
        location: str = "1-1",
        *,
        serial_number: str | bytes | None = "OC-1",
        interfaces: list[Alternate] | None = None,
        wire: socket.socket | None = None,
    ) -> None:
        bus, _, ports = location.partition("-")
        self.bus = int(bus)
        self.ports = tuple(int(port) for port in ports.split("."))
        self.address = 1
        self.vendor_id, self.product_id = VENDOR_ID, PRODUCT_ID
        # a str is sent as USB wants it, bytes are a whole descriptor, None is none
        self.strings: list[str | bytes | None] = [MANUFACTURER, PRODUCT, serial_number]
        self.interfaces = camera_interfaces() if interfaces is None else interfaces
        self.promised_endpoints: int | None = None  # instead of as many as there are
        self.configuration = 1  # 0: not set
        self.configuration_value = 1
        self.kernel_drivers: set[int] = {SERIAL_INTERFACE, 1}
        self.claimed: dict[int, object] = {}
        self.settings: dict[int, int] = {}
        self.halted: set[int] = set()
        self.pulled: set[int] = set()  # interfaces
        self.is_denied = False
        self.wire = wire
        self.plugging = threading.RLock()  # held while the wire changes

    def refresh(self) -> None:
        """Look at what the device follows, if it follows something. It is called before every use."""

    @property
    def is_present(self) -> bool:
        """True if it is there at this moment."""
        return True

    def own_wire(self) -> socket.socket:
        """Return the wire for one transfer, which closes it. Raises OSError if there is none."""
        with self.plugging:
            if self.wire is None:
                raise OSError(errno.ENODEV, "not plugged in")
            return self.wire.dup()

    def offered(self) -> list[Alternate]:
        """Return the interfaces that have not been pulled."""
        return [alternate for alternate in self.interfaces if alternate.number not in self.pulled]

    def string_descriptor(self, index: int) -> bytes:
        """Return a string by its number; 0 is the list of languages.

        Raises what libusb does if there is none.
        """
        if index == 0:
            return bytes([4, 3]) + US_ENGLISH.to_bytes(2, "little")
        text = self.strings[index - 1] if index <= len(self.strings) else None
        if text is None:
            raise failure(errno.EPIPE)
        if isinstance(text, bytes):
            return text
        encoded = text.encode("utf-16-le")
        return bytes([2 + len(encoded), 3]) + encoded
