"""A real camera: its port is there, or is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from tempfile import TemporaryDirectory

from hil_tests.errors import BenchError
from oralcam import Camera, CameraInfo, list_cameras
from oralcam.usb.ids import is_usb_name
from rig_app.messages import BOARD_PREFIX


class ConnectedCamera:
    """A real camera. It is looked at once, when the bench is opened.

    It must answer, and be the one that the description names.
    """

    def __init__(self, port: str, serial_number: str) -> None:
        with (
            TemporaryDirectory(prefix="oralcam-bench-") as spool,
            Camera.open(port or serial_number, spool=spool) as camera,
        ):
            self._serial_number = camera.serial_number
            board, found = camera.board, camera.port
        self._ports: Mapping[str, str] = {"bulk" if is_usb_name(found) else "cdc": found}
        if board.startswith(BOARD_PREFIX):
            raise BenchError(f"On {found} is a rig controller ({board}): [camera] and [rig] are swapped.")
        if serial_number and self._serial_number != serial_number:
            raise BenchError(
                f"On {found} is camera {self._serial_number}, not {serial_number}: correct one of them."
            )

    @property
    def serial_number(self) -> str:
        """The serial number that the camera told."""
        return self._serial_number

    @property
    def ports(self) -> Mapping[str, str]:
        """Both its USB interfaces, wherever they are now; or the one port that it was found at."""
        try:
            self._ports = ports_by_transport(self._serial_number, list_cameras()) or self._ports
        except (OSError, TypeError, ValueError):
            pass  # a device went while it was looked at: where the camera was last is as good
        return self._ports

    def sensor_digest(self, capture_id: str) -> str | None:
        """Return None: nobody but the camera has seen the picture."""
        del capture_id
        return None

    def close(self) -> None:
        """Do nothing: the camera stays where it is."""


def ports_by_transport(serial_number: str, cameras: Iterable[CameraInfo]) -> dict[str, str]:
    """Return the ports of the camera with this serial number, if it is here and can be opened.

    >>> ports_by_transport("OC-1", [CameraInfo("OC-1", "COM3", "usb", "oralcam", ("usb:1-2", "COM3"))])
    {'cdc': 'COM3', 'bulk': 'usb:1-2'}
    """
    for camera in cameras:
        if camera.serial_number == serial_number and not camera.trouble:
            ports = {"bulk" if is_usb_name(port) else "cdc": port for port in camera.ports}
            if camera.note:
                ports.pop("bulk", None)  # it cannot be opened here
            return dict(sorted(ports.items(), reverse=True))
    return {}
