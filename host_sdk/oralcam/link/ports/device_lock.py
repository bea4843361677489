"""One program at a time has a session with a camera, whichever of its interfaces it uses.

A serial port and a claimed interface each keep others out, but not off the camera's other interface, and the
session goes to where the last HELLO came from. On Linux both interfaces belong to one device node: the
program that uses the camera holds a lock on it. The system gives the lock back when the program dies.
"""

from __future__ import annotations

import os
import sys

from oralcam.errors import PortInUse
from oralcam.usb import ids

AVAILABLE = sys.platform == "linux"


def node_of_serial_port(name: str) -> str | None:
    """Return the node of the device that a serial port belongs to.

    None if it is no USB device's, or not Linux's.
    """
    interface = os.path.realpath(f"{ids.SYSFS}/class/tty/{os.path.basename(os.path.realpath(name))}/device")
    device = os.path.dirname(interface)
    try:
        return ids.node_of(_number(f"{device}/busnum"), _number(f"{device}/devnum"))
    except (OSError, ValueError):
        return None


def _number(path: str) -> int:
    with open(path, encoding="ascii") as file:
        return int(file.read())


def lock(node: str | None, name: str) -> int:
    """Lock the device of port `name`; return a descriptor to close, or -1 where there is nothing to lock.

    Raises `PortInUse` if a program holds it: that program is not disturbed.
    """
    if node is None or not AVAILABLE or sys.platform == "win32":
        return -1
    import fcntl

    try:
        descriptor = os.open(node, os.O_RDONLY)
    except OSError:
        return -1  # no such node in this container, or not ours to open
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if not isinstance(error, BlockingIOError):
            return -1  # this system does not lock there
        from oralcam.link.ports.port_holder import holder_of  # wanted only now

        holder = holder_of(node) or "another program"
        raise PortInUse(
            f"The camera on {name} is in use by {holder}: close it there and try again."
        ) from None
    return descriptor
