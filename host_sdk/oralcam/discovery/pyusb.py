"""Bulk interfaces with the camera's numbers, by pyusb, where no sysfs tells of them."""

from __future__ import annotations

from oralcam.discovery.usb_device import UsbDevice
from oralcam.errors import MissingExtra
from oralcam.usb.descriptors import alternates_of
from oralcam.usb.ids import PRODUCT_ID, VENDOR_ID
from oralcam.usb.interface import NotOffered, find_bulk_interface
from oralcam.usb.libusb import FAILED, Libusb, location_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNREADABLE = (*FAILED, UnicodeDecodeError)


def pyusb_devices(backend: Any = None) -> list[UsbDevice]:
    """Return the devices that libusb, or a pyusb `backend`, sees; none without pyusb or libusb.

    Interfaces are not claimed; for its serial number a device is asked.
    """
    try:
        libusb = Libusb(backend)
    except MissingExtra:
        return []
    try:
        ours = libusb.find(lambda device: (device.idVendor, device.idProduct) == (VENDOR_ID, PRODUCT_ID))
        return [_device(device) for device in ours]
    except FAILED:
        return []  # libusb itself fails: what pyserial sees is all there is
    finally:
        libusb.close()


def _device(device: Any) -> UsbDevice:
    found = UsbDevice(location=location_of(device))
    try:
        alternates = [each for configuration in device for each in alternates_of(configuration)]
    except FAILED:
        alternates = []
    found.is_complete = bool(alternates)
    try:
        find_bulk_interface(alternates)
        found.has_bulk = True
    except NotOffered:
        pass
    found.serial_number = _text(device, "serial_number")
    found.manufacturer = _text(device, "manufacturer")
    found.product = _text(device, "product")
    return found


def _text(device: Any, name: str) -> str:
    """Return what a device says of itself; "" if it says nothing, or nothing that can be read."""
    try:
        text = getattr(device, name) or ""
    except UNREADABLE:
        return ""
    return "".join(letter for letter in text if letter.isprintable()).strip()
