"""A device's descriptors, as pyusb gives them, as plain values."""

from __future__ import annotations

from oralcam.usb.interface import Alternate, Endpoint, NotOffered, find_bulk_interface
from oralcam.usb.libusb import FAILED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def alternates_of(configuration: Iterable[Any]) -> list[Alternate]:
    """Return all alternate settings of a configuration, as far as they can be read."""
    found = []
    for interface in configuration:
        endpoints = []
        try:
            for end in interface:  # no comprehension: what came before an error counts
                endpoints += [Endpoint(end.bEndpointAddress, end.bmAttributes, end.wMaxPacketSize)]
        except FAILED:
            pass  # it promised more endpoints than it describes
        triple = (interface.bInterfaceClass, interface.bInterfaceSubClass, interface.bInterfaceProtocol)
        found.append(Alternate(interface.bInterfaceNumber, interface.bAlternateSetting, triple, endpoints))
    return found


def offering_configuration(device: Iterable[Any]) -> Any:
    """Return the first configuration that has a bulk interface.

    Raises `NotOffered`, and what pyusb raises.
    """
    refusal = NotOffered("has no configuration")
    for configuration in device:
        try:
            find_bulk_interface(alternates_of(configuration))
        except NotOffered as reason:
            refusal = reason
            continue
        return configuration
    raise refusal
