"""The camera's bulk interface: how it is told from others, and where its endpoints are.

Descriptors are a device's own claims. Even if they lie, an interface that is found here can be used.
"""

from __future__ import annotations

from oralcam.usb.ids import INTERFACE_CLASS as INTERFACE_CLASS
from oralcam.usb.ids import INTERFACE_NAME as INTERFACE_NAME
from oralcam.usb.ids import INTERFACE_PROTOCOL as INTERFACE_PROTOCOL
from oralcam.usb.ids import INTERFACE_SUBCLASS as INTERFACE_SUBCLASS
from oralcam.usb.ids import MANUFACTURER as MANUFACTURER
from oralcam.usb.ids import PRODUCT as PRODUCT
from oralcam.usb.ids import PRODUCT_ID as PRODUCT_ID
from oralcam.usb.ids import VENDOR_ID as VENDOR_ID
from oralcam.usb.ids import is_bulk_interface

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PACKET_SIZES = frozenset({8, 16, 32, 64, 512, 1024})  # USB 2.0, 5.8.3; 1024: USB 3.2, 9.6.6
BULK = 2  # in bmAttributes


class Endpoint:
    """One endpoint, as its descriptor says: bEndpointAddress, bmAttributes, wMaxPacketSize."""

    def __init__(self, address: int, attributes: int, packet_size: int) -> None:
        self.address = address
        self.attributes = attributes
        self.packet_size = packet_size


class Alternate:
    """One alternate setting of an interface; `triple` is its class, subclass and protocol."""

    def __init__(
        self, number: int, setting: int, triple: tuple[int, int, int], endpoints: Sequence[Endpoint]
    ) -> None:
        self.number = number
        self.setting = setting
        self.triple = triple
        self.endpoints = endpoints


class BulkInterface:
    """The numbers that are needed to talk: of the interface, its alternate setting, its two endpoints."""

    def __init__(
        self, number: int, setting: int, inward: Endpoint, outward: Endpoint, *, has_choice: bool
    ) -> None:
        self.number = number
        self.setting = setting
        self.has_choice = has_choice  # of alternate settings: then the wanted one must be set
        self.inward = inward
        self.outward = outward


class NotOffered(Exception):
    """A device has no bulk interface that can be used. The message ends a sentence that begins with "it"."""


def find_bulk_interface(alternates: Iterable[Alternate]) -> BulkInterface:
    """Return the bulk interface among all alternate settings of a configuration. Raises `NotOffered`.

    >>> ends = [Endpoint(0x81, 2, 512), Endpoint(0x02, 2, 512)]
    >>> find_bulk_interface([Alternate(2, 0, (0xFF, 0x4F, 0x43), ends)]).inward.address
    129
    """
    everything = list(alternates)
    ours = [alternate for alternate in everything if is_bulk_interface(*alternate.triple)]
    if not ours:
        raise NotOffered("has no bulk interface of an oralcam")
    refusals = []
    for alternate in ours:
        settings = {other.setting for other in everything if other.number == alternate.number}
        foreign = {
            endpoint.address
            for other in everything
            if other.number != alternate.number
            for endpoint in other.endpoints
        }
        try:
            inward, outward = _pair(alternate, foreign)
        except NotOffered as refusal:
            refusals.append(str(refusal))
            continue
        has_choice = settings != {0}
        return BulkInterface(alternate.number, alternate.setting, inward, outward, has_choice=has_choice)
    raise NotOffered(refusals[0])


def _pair(alternate: Alternate, foreign: set[int]) -> tuple[Endpoint, Endpoint]:
    """Return the first bulk endpoint of either direction."""
    addresses = [endpoint.address for endpoint in alternate.endpoints]
    bulk = [end for end in alternate.endpoints if end.attributes & 3 == BULK and end.address & 0x0F]
    inward = [end for end in bulk if end.address & 0x80]
    outward = [end for end in bulk if not end.address & 0x80]
    if not inward or not outward:
        raise NotOffered("has a bulk interface without a bulk endpoint for each direction")
    for end in (inward[0], outward[0]):
        if addresses.count(end.address) > 1 or end.address in foreign:
            raise NotOffered(f"names endpoint {end.address:#04x} twice in its descriptors")
        if end.packet_size not in PACKET_SIZES:
            raise NotOffered(
                f"gives endpoint {end.address:#04x} {end.packet_size}-byte packets, which USB does not have"
            )
    return inward[0], outward[0]
