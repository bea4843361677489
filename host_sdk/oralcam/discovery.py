"""Which cameras are there, and which one is meant."""

from __future__ import annotations

from dataclasses import dataclass

from oralcam.errors import CameraNotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

VENDOR_ID = 0x1209
PRODUCT_ID = 0x0001  # pid.codes' number for development; a product needs its own


@dataclass(frozen=True)
class CameraInfo:
    """A camera that could be opened."""

    serial_number: str
    port: str
    kind: Literal["usb", "emulator"]
    product: str


def list_cameras() -> list[CameraInfo]:
    """The cameras connected now: by USB, then running emulators (`oralcam emulator`). Opens none of them."""
    return _usb_cameras() + _emulators()


def _usb_cameras() -> list[CameraInfo]:
    from serial.tools import list_ports

    return [
        CameraInfo(port.serial_number or "", port.device, "usb", port.product or "oralcam")
        for port in sorted(list_ports.comports())
        if (port.vid, port.pid) == (VENDOR_ID, PRODUCT_ID)
    ]


def _emulators() -> list[CameraInfo]:
    from oralcam.emulator.registry import running

    return [CameraInfo(serial_number, port, "emulator", "emulator") for serial_number, port in running()]


def is_port(target: str) -> bool:
    """Does `target` name a port (/dev/ttyACM0, COM3, socket://…) and not a serial number?"""
    return "/" in target or "\\" in target or (target[:3].upper() == "COM" and target[3:].isdigit())


def find_port(target: str | None) -> str:
    """The port of the camera meant by a serial number, by a port, or by None: the only one connected by USB.

    An emulator that happens to run is never taken for a camera unless it is named.
    Raises `CameraNotFound` if there is none or the choice is not clear.
    """
    if target is not None and is_port(target):
        return target
    cameras = list_cameras()
    if target is not None:
        named = [camera for camera in cameras if camera.serial_number == target]
        if not named:
            there = ", ".join(camera.serial_number for camera in cameras if camera.serial_number) or "none"
            raise CameraNotFound(f"No camera with serial number {target} is connected (connected: {there}).")
        if len(named) > 1:
            ports = ", ".join(camera.port for camera in named)
            raise CameraNotFound(f"Several cameras say they are {target}; name the port of one: {ports}.")
        return named[0].port
    connected = [camera for camera in cameras if camera.kind == "usb"]
    if not connected:
        raise CameraNotFound("No camera is connected: plug one in, or use --emulator to try without one.")
    if len(connected) > 1:
        names = ", ".join(camera.serial_number or camera.port for camera in connected)
        raise CameraNotFound(f"Several cameras are connected; name one of them: {names}.")
    return connected[0].port


def ports_of(serial_number: str, last_port: str) -> list[str]:
    """The ports on which a camera that was unplugged from `last_port` may be again."""
    try:
        cameras = list_cameras()
    except (OSError, TypeError, ValueError):
        return []  # pyserial fails like this when a device goes while it looks: look again later
    named = [camera.port for camera in cameras if camera.serial_number == serial_number]
    if named or any(camera.port == last_port for camera in cameras):
        return named  # its old port may be another camera's by now: that one is left alone
    return [last_port]
