"""What the bulk function tells the kernel about itself: descriptors and strings, as FunctionFS wants them.

Layout: Linux' include/uapi/linux/usb/functionfs.h; descriptors: USB 2.0, chapter 9.6.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from oralcam.usb.interface import INTERFACE_CLASS, INTERFACE_NAME, INTERFACE_PROTOCOL, INTERFACE_SUBCLASS

DESCRIPTORS_MAGIC, STRINGS_MAGIC = 3, 2
HAS_FULL_SPEED, HAS_HIGH_SPEED = 1, 2
INTERFACE, ENDPOINT = 4, 5  # bDescriptorType
BULK = 2
ENGLISH = 0x0409
FULL_SPEED_PACKET, HIGH_SPEED_PACKET = 64, 512


@dataclass(frozen=True)
class BulkDescription:
    """One vendor interface with a bulk endpoint in each direction. The defaults are a camera's."""

    interface_class: int = INTERFACE_CLASS
    subclass: int = INTERFACE_SUBCLASS
    protocol: int = INTERFACE_PROTOCOL
    name: str = INTERFACE_NAME

    def descriptors(self) -> bytes:
        """The first thing to write into ep0. Endpoint file 1 is OUT (from the host), 2 is IN."""
        full, high = (self._interface() + _endpoints(size) for size in (FULL_SPEED_PACKET, HIGH_SPEED_PACKET))
        count = struct.pack("<II", 3, 3)  # interface and two endpoints, at either speed
        size = 12 + len(count) + len(full) + len(high)
        head = struct.pack("<III", DESCRIPTORS_MAGIC, size, HAS_FULL_SPEED | HAS_HIGH_SPEED)
        return head + count + full + high

    def strings(self) -> bytes:
        """The second thing to write into ep0."""
        text = self.name.encode() + b"\0"
        return struct.pack("<IIIIH", STRINGS_MAGIC, 18 + len(text), 1, 1, ENGLISH) + text

    def _interface(self) -> bytes:
        kind = (self.interface_class, self.subclass, self.protocol)
        return struct.pack("<9B", 9, INTERFACE, 0, 0, 2, *kind, 1)  # the kernel puts in the real number


def _endpoints(packet_size: int) -> bytes:
    return b"".join(
        struct.pack("<4BHB", 7, ENDPOINT, address, BULK, packet_size, 0) for address in (0x01, 0x82)
    )
