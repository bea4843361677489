"""Numbers and names by which a camera is known on USB. Keep it short: `oralcam list` and `info` load it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

VENDOR_ID = 0x1209
PRODUCT_ID = 0x0001  # pid.codes' number for development: others use it too, and a product needs its own
MANUFACTURER = "oralcam"
PRODUCT = "oralcam camera"

INTERFACE_CLASS = 0xFF  # vendor-specific
INTERFACE_SUBCLASS = 0x4F  # "O"
INTERFACE_PROTOCOL = 0x43  # "C"
INTERFACE_NAME = "oralcam bulk"

PREFIX = "usb:"

# Linux's; elsewhere nothing is there
SYSFS = "/sys"
DEV = "/dev"


def is_bulk_interface(interface_class: int, subclass: int, protocol: int) -> bool:
    """Tell whether an interface with these numbers is the camera's bulk interface."""
    return (interface_class, subclass, protocol) == (INTERFACE_CLASS, INTERFACE_SUBCLASS, INTERFACE_PROTOCOL)


def port_name(bus: int, ports: Iterable[int]) -> str:
    """Return the name that Linux gives the device in sysfs.

    >>> port_name(2, (1, 4))
    'usb:2-1.4'
    """
    return f"{PREFIX}{bus}-{'.'.join(str(port) for port in ports)}"


def is_usb_name(name: str) -> bool:
    """Tell whether a port's name means a bulk interface."""
    return name.startswith(PREFIX)


def node_of(bus: int, address: int) -> str:
    """Return where Linux has the node of a USB device."""
    return f"{DEV}/bus/usb/{bus:03d}/{address:03d}"
