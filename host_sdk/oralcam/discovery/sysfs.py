"""USB devices as Linux shows them in sysfs: they are read, never opened, without libusb."""

from __future__ import annotations

import os

from oralcam.discovery.usb_device import UsbDevice
from oralcam.usb import ids
from oralcam.usb.ids import PREFIX, PRODUCT_ID, VENDOR_ID, is_bulk_interface

LONGEST = 256  # of a text; a string descriptor holds 126 characters


def sysfs_devices() -> list[UsbDevice]:
    """Return the devices with the camera's numbers. Raises OSError where there is no sysfs."""
    folder = f"{ids.SYSFS}/bus/usb/devices"
    names = sorted(name for name in os.listdir(folder) if "-" in name and ":" not in name)
    found = []
    for name in names:
        path = f"{folder}/{name}"
        try:
            if (_number(path, "idVendor", 16), _number(path, "idProduct", 16)) == (VENDOR_ID, PRODUCT_ID):
                found.append(_device(path, name))
        except (OSError, ValueError):
            continue  # it goes in this very moment
    return found


def _device(path: str, name: str) -> UsbDevice:
    device = UsbDevice(
        location=PREFIX + name,
        serial_number=_text(path, "serial"),
        manufacturer=_text(path, "manufacturer"),
        product=_text(path, "product"),
    )
    interfaces = [f"{path}/{entry}" for entry in sorted(os.listdir(path)) if entry.startswith(f"{name}:")]
    device.is_complete = bool(_text(path, "bConfigurationValue")) and bool(interfaces)
    ports = []
    for interface in interfaces:
        ports += _serial_ports(interface)
        device.has_bulk = device.has_bulk or _is_bulk(interface)
    device.serial_ports = tuple(ports)
    nodes = {port: port for port in ports}
    if device.has_bulk:
        nodes[device.location] = ids.node_of(_number(path, "busnum"), _number(path, "devnum"))
    device.denied = tuple(port for port, node in nodes.items() if _is_denied(node))
    return device


def _serial_ports(interface: str) -> list[str]:
    try:
        ports = [f"{ids.DEV}/{name}" for name in sorted(os.listdir(f"{interface}/tty"))]
    except OSError:
        return []  # no serial interface, or its driver is not there
    return [port for port in ports if os.path.exists(port)]  # a container may lack the node


def _is_bulk(interface: str) -> bool:
    try:
        names = ("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol")
        return is_bulk_interface(*(_number(interface, name, 16) for name in names))
    except (OSError, ValueError):
        return False


def _is_denied(node: str) -> bool:
    as_opened = os.access in os.supports_effective_ids
    return os.path.exists(node) and not os.access(node, os.R_OK | os.W_OK, effective_ids=as_opened)


def _number(path: str, name: str, base: int = 10) -> int:
    with open(f"{path}/{name}", encoding="ascii") as file:
        return int(file.read(16), base)


def _text(path: str, name: str) -> str:
    """Return what a device says of itself, in one printable line; "" if it says nothing."""
    try:
        with open(f"{path}/{name}", encoding="utf-8", errors="replace") as file:
            return "".join(letter for letter in file.read(LONGEST) if letter.isprintable()).strip()
    except OSError:
        return ""
