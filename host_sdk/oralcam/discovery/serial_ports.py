"""Serial ports with the camera's numbers, by pyserial, on every system."""

from __future__ import annotations

import sys

from oralcam.discovery.usb_device import UsbDevice
from oralcam.usb.ids import PREFIX, PRODUCT_ID, VENDOR_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from serial.tools.list_ports_common import ListPortInfo


def serial_devices() -> list[UsbDevice]:
    """Return one device for each port.

    Raises OSError, TypeError or ValueError when a device goes meanwhile.
    """
    from serial.tools import list_ports

    return [
        _device(port)
        for port in sorted(list_ports.comports())
        if (port.vid, port.pid) == (VENDOR_ID, PRODUCT_ID)
    ]


def _device(port: ListPortInfo) -> UsbDevice:
    location = (port.location or "").partition(":")[0]  # "1-1.4:1.0" is an interface of the device "1-1.4"
    return UsbDevice(
        location=PREFIX + location if "-" in location else "",
        serial_number=port.serial_number or "",
        # what Windows calls manufacturer is its driver's
        manufacturer="" if sys.platform == "win32" else port.manufacturer or "",
        product=port.product or "",
        serial_ports=(port.device,),
    )
