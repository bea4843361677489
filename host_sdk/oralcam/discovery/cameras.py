"""The cameras of this moment, and which one a serial number or a port means."""

from __future__ import annotations

from collections import namedtuple

from oralcam.errors import CameraNotFound, PortNotFound
from oralcam.usb.ids import MANUFACTURER, is_usb_name
from oralcam.usb.ids import PRODUCT_ID as PRODUCT_ID
from oralcam.usb.ids import VENDOR_ID as VENDOR_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal, NamedTuple

    from oralcam.discovery.usb_device import UsbDevice

INCOMPLETE = "It is connected but not set up: unplug it and plug it in again."
NO_PORT = "It offers nothing that can be opened here: unplug it and plug it in again (`oralcam guide usb`)."
NO_SERIAL_NUMBER = "It gives no serial number: name its port to open it."
DENIED = "may not be opened: install the udev rules (`oralcam udev --print`)."


if TYPE_CHECKING:

    class _CameraInfo(NamedTuple):
        serial_number: str
        port: str
        kind: Literal["usb", "emulator"]
        product: str
        ports: tuple[str, ...] = ()
        trouble: str = ""
        note: str = ""

else:  # typing and dataclasses take as long to load as all of `oralcam list`
    _CameraInfo = namedtuple(
        "_CameraInfo", "serial_number port kind product ports trouble note", defaults=((), "", "")
    )


class CameraInfo(_CameraInfo):
    """A camera that could be opened, or a device that gives itself out as one. It cannot be changed.

    `port` is its serial port, or its bulk interface if it has no serial port. `ports` are all its interfaces,
    the one that `Camera.open` prefers first. `trouble` is a sentence if it is not opened unless its port is
    named, or cannot be opened at all. `note` is a sentence if it can be opened, but not over every interface.
    """

    __slots__ = ()


def list_cameras() -> list[CameraInfo]:
    """Return the cameras connected now: by USB, then running emulators (`oralcam emulator`).

    None of them is opened.
    """
    from oralcam.discovery.usb_devices import look

    return cameras_of(look()) + _emulators()


def cameras_of(devices: list[UsbDevice]) -> list[CameraInfo]:
    """Return USB devices as cameras."""
    genuine = [device.serial_number for device in devices if not _is_foreign(device)]
    return [_camera(device, genuine.count(device.serial_number) > 1) for device in devices]


def _camera(device: UsbDevice, has_namesake: bool) -> CameraInfo:
    ports = ((device.location,) if device.has_bulk and device.location else ()) + device.serial_ports
    denied = [port for port in ports if port in device.denied]
    trouble = note = ""
    if _is_foreign(device):
        trouble = f"It has an oralcam's USB numbers, but says it is {_own_name(device)}: it is left alone."
    elif not device.is_complete:
        trouble = INCOMPLETE
    elif not ports:
        trouble = NO_PORT
    elif not device.serial_number:
        trouble = NO_SERIAL_NUMBER
    elif has_namesake:
        trouble = f"Another camera has the serial number {device.serial_number}, too: name the port of one."
    elif denied:
        sentence = f"{' and '.join(denied)} {DENIED}"
        trouble, note = (sentence, "") if len(denied) == len(ports) else ("", sentence)
    port = device.serial_ports[0] if device.serial_ports else (ports or ("",))[0]
    return CameraInfo(
        device.serial_number, port, "usb", device.product or "oralcam", ports, trouble=trouble, note=note
    )


def _is_foreign(device: UsbDevice) -> bool:
    """Tell whether a device is another product: the numbers are for development, anybody's.

    A device that says nothing of itself may be ours.
    """
    own_name = f"{device.manufacturer} {device.product}".strip()
    return bool(device.manufacturer) and MANUFACTURER not in own_name.casefold()


def _own_name(device: UsbDevice) -> str:
    return f"{device.manufacturer} {device.product}".strip()


def _emulators() -> list[CameraInfo]:
    from oralcam.discovery.running_emulators import running

    return [
        CameraInfo(serial_number, port, "emulator", "emulator", (port,)) for serial_number, port in running()
    ]


def is_port(target: str) -> bool:
    """Tell whether `target` names a port (/dev/ttyACM0, COM3, usb:1-1, socket://…) and not a serial
    number.
    """
    if is_usb_name(target):
        return True
    return "/" in target or "\\" in target or (target[:3].upper() == "COM" and target[3:].isdigit())


def find_ports(target: str | None, cameras: Callable[[], list[CameraInfo]] = list_cameras) -> tuple[str, ...]:
    """Return the ports of the camera that a serial number means; None means the only one connected by USB.

    An emulator that happens to run is never taken for a camera unless it is named, and a camera that has a
    `trouble` never is. Raises `CameraNotFound` if there is none or the choice is not clear, `PortNotFound` if
    it may not be opened.
    """
    there = cameras()
    wanted = [
        camera
        for camera in there
        if (camera.kind == "usb" if target is None else camera.serial_number == target)
    ]
    clear = [camera for camera in wanted if not camera.trouble]
    if len(clear) == 1:
        return clear[0].ports
    if clear:
        names = ", ".join(camera.serial_number or camera.port for camera in clear)
        raise CameraNotFound(f"Several cameras are connected; name one of them: {names}.")
    if len(wanted) == 1 and wanted[0].trouble.endswith(DENIED):
        raise PortNotFound(wanted[0].trouble)
    if wanted:
        raise CameraNotFound(_not_clear(target, wanted))
    if target is None:
        raise CameraNotFound("No camera is connected: plug one in, or use --emulator to try without one.")
    connected = ", ".join(camera.serial_number for camera in there if camera.serial_number) or "none"
    raise CameraNotFound(f"No camera with serial number {target} is connected (connected: {connected}).")


def _not_clear(target: str | None, troubled: list[CameraInfo]) -> str:
    """Return why none of them is taken."""
    if target is not None and len(troubled) > 1:
        ports = ", ".join(camera.port or camera.product for camera in troubled)
        return f"Several cameras say they are {target}; name the port of one: {ports}."
    told = " ".join(f"{camera.port or camera.product}: {camera.trouble}" for camera in troubled)
    return f"No camera that can be taken without doubt is connected. {told}"


def ports_of(
    serial_number: str, last_port: str, cameras: Callable[[], list[CameraInfo]] = list_cameras
) -> list[str]:
    """Return the ports on which a camera that was unplugged from `last_port` may be again, the best first."""
    try:
        there = cameras()
    except (OSError, TypeError, ValueError):
        return []  # pyserial fails like this when a device goes while it looks: look again later
    where_it_was = [camera for camera in there if last_port in (camera.port, *camera.ports)]
    named = [camera for camera in there if camera.serial_number == serial_number and camera.ports]
    if len(named) > 1:
        named = [camera for camera in named if camera in where_it_was]  # its namesake is another camera
    if named:
        return [port for camera in named for port in camera.ports]
    # one that gives no serial number may be it: it says so when it is greeted
    nameless = [camera for camera in where_it_was if not camera.serial_number]
    if nameless or not where_it_was:
        return list(nameless[0].ports) if nameless else [last_port]
    return []  # its old port is another camera's by now: that one is left alone
