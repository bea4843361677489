"""The interface of a port, of whatever kind, and the kinds there are."""

from __future__ import annotations

from oralcam.usb.ids import is_usb_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Protocol

    Kind = Literal["bulk", "serial", "tcp"]

    class Transport(Protocol):
        """An open port. `receive` and `send` may be used by one thread each; `interrupt` by any."""

        name: str

        def receive(self, timeout: float) -> bytes:
            """Return what has arrived, after `timeout` seconds at the latest (then maybe b"").

            Raises `DeviceDisconnected` when the port has gone, `CameraClosed` after `interrupt`.
            """

        def send(self, data: bytes, timeout: float) -> None:
            """Write all of `data`. Raises `DeviceDisconnected`, also if it is not taken in time."""

        def interrupt(self) -> None:
            """Make every thread that uses the port stop at once, and for good."""

        def close(self) -> None:
            """Close the port. The thread that receives must have ended."""


def kind_of(name: str) -> Kind:
    """Return what kind of port has this name.

    >>> kind_of("usb:1-1"), kind_of("/dev/ttyACM0"), kind_of("COM3"), kind_of("socket://10.0.0.7:4000")
    ('bulk', 'serial', 'serial', 'tcp')
    """
    if is_usb_name(name):
        return "bulk"
    return "tcp" if name.startswith(("socket://", "rfc2217://")) else "serial"
