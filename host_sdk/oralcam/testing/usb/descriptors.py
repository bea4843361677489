"""Descriptors of an emulated device, as libusb has them in its memory."""

from __future__ import annotations

from types import SimpleNamespace

from oralcam.testing.usb.device import BusDevice
from oralcam.usb.interface import Alternate, Endpoint


def of_device(dev: BusDevice) -> SimpleNamespace:
    """Return its device descriptor and its place on the bus."""
    indices = [place + 1 if text is not None else 0 for place, text in enumerate(dev.strings)]
    return SimpleNamespace(
        bLength=18,
        bDescriptorType=1,
        bcdUSB=0x0200,
        bDeviceClass=0xEF,
        bDeviceSubClass=2,
        bDeviceProtocol=1,
        bMaxPacketSize0=64,
        idVendor=dev.vendor_id,
        idProduct=dev.product_id,
        bcdDevice=0x0100,
        iManufacturer=indices[0],
        iProduct=indices[1],
        iSerialNumber=indices[2],
        bNumConfigurations=1,
        address=dev.address,
        bus=dev.bus,
        port_number=dev.ports[-1],
        port_numbers=dev.ports,
        speed=3,
    )


def of_configuration(dev: BusDevice) -> SimpleNamespace:
    """Return the descriptor of its only configuration."""
    return SimpleNamespace(
        bLength=9,
        bDescriptorType=2,
        wTotalLength=0,
        bNumInterfaces=len({alternate.number for alternate in dev.offered()}),
        bConfigurationValue=dev.configuration_value,
        iConfiguration=0,
        bmAttributes=0x80,
        bMaxPower=250,
        extra_descriptors=[],
    )


def of_interface(dev: BusDevice, alternate: Alternate) -> SimpleNamespace:
    """Return the descriptor of an interface's alternate setting; the device may lie about its endpoints."""
    promised = dev.promised_endpoints
    return SimpleNamespace(
        bLength=9,
        bDescriptorType=4,
        bInterfaceNumber=alternate.number,
        bAlternateSetting=alternate.setting,
        bNumEndpoints=len(alternate.endpoints) if promised is None else promised,
        bInterfaceClass=alternate.triple[0],
        bInterfaceSubClass=alternate.triple[1],
        bInterfaceProtocol=alternate.triple[2],
        iInterface=0,
        extra_descriptors=[],
    )


def of_endpoint(end: Endpoint) -> SimpleNamespace:
    """Return the descriptor of an endpoint."""
    return SimpleNamespace(
        bLength=7,
        bDescriptorType=5,
        bEndpointAddress=end.address,
        bmAttributes=end.attributes,
        wMaxPacketSize=end.packet_size,
        bInterval=0,
        bRefresh=0,
        bSynchAddress=0,
        extra_descriptors=[],
    )
