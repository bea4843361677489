"""USB devices with the camera's numbers: one `UsbDevice` each, joined from all that the system tells."""

from __future__ import annotations

import os
import sys

from oralcam.discovery.usb_device import UsbDevice
from oralcam.usb import ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def look() -> list[UsbDevice]:
    """Return the devices of this moment; one that goes meanwhile is left out.

    On Linux sysfs tells all that there is to know, and pyserial its serial ports where there is no sysfs.
    Elsewhere pyserial tells of serial ports, and pyusb, where it is installed, of bulk interfaces. No device
    is opened, but where libusb has to ask one for its serial number. Raises OSError, TypeError or ValueError
    when pyserial stumbles over a device that goes.
    """
    if sys.platform == "linux" and os.path.isdir(f"{ids.SYSFS}/bus/usb/devices"):
        from oralcam.discovery.sysfs import sysfs_devices

        return sysfs_devices()
    from oralcam.discovery.serial_ports import serial_devices

    if sys.platform == "linux":
        return serial_devices()
    from oralcam.discovery.pyusb import pyusb_devices

    return joined(pyusb_devices(), serial_devices())


def joined(devices: Iterable[UsbDevice], others: Iterable[UsbDevice]) -> list[UsbDevice]:
    """Return one entry for each device: `others` add to the one of `devices` that is the same.

    It is the same by place, port or serial number. Where there is one of each, they are the same too, if that
    one does not say more: it may be busy and not tell.

    >>> bulk = UsbDevice("usb:1-1", has_bulk=True)
    >>> serial = UsbDevice("usb:1-1", "OC-1", serial_ports=("COM3",))
    >>> [(one.serial_number, one.serial_ports, one.has_bulk) for one in joined([bulk], [serial])]
    [('OC-1', ('COM3',), True)]
    """
    whole, added = list(devices), list(others)
    are_single = len(whole) == len(added) == 1
    for other in added:
        for device in whole:
            if _are_one(device, other, whole) or (are_single and not device.serial_number):
                device.serial_number = device.serial_number or other.serial_number
                device.manufacturer = device.manufacturer or other.manufacturer
                device.product = device.product or other.product
                device.serial_ports = tuple(dict.fromkeys(device.serial_ports + other.serial_ports))
                break
        else:
            whole.append(other)
    return whole


def _are_one(device: UsbDevice, other: UsbDevice, devices: list[UsbDevice]) -> bool:
    if set(device.serial_ports) & set(other.serial_ports):
        return True
    if device.serial_number and other.serial_number and device.serial_number != other.serial_number:
        return False  # Windows numbers its buses in two ways: one place may be two
    if device.location and device.location == other.location:
        return True
    # places differ there, and an unambiguous serial number decides
    same = [each for each in devices if each.serial_number == other.serial_number]
    return bool(other.serial_number) and same == [device] and not device.serial_ports
