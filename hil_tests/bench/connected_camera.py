"""A real camera: its port is there, or is not."""

from __future__ import annotations

from collections.abc import Mapping
from tempfile import TemporaryDirectory

from hil_tests.bench.errors import BenchError
from oralcam import Camera
from rig_app.messages import BOARD_PREFIX


class ConnectedCamera:
    """Looked at once, when the bench is opened: it must answer, and be the one that the description names."""

    def __init__(self, port: str, serial_number: str) -> None:
        with (
            TemporaryDirectory(prefix="oralcam-bench-") as spool,
            Camera.open(port or serial_number, spool=spool) as camera,
        ):
            self._serial_number = camera.serial_number
            self._port = camera.port
            board = camera.board
        if board.startswith(BOARD_PREFIX):
            raise BenchError(
                f"On {self._port} is a rig controller ({board}): [camera] and [rig] are swapped."
            )
        if serial_number and self._serial_number != serial_number:
            raise BenchError(
                f"On {port} is camera {self._serial_number}, not {serial_number}: correct one of them."
            )

    @property
    def serial_number(self) -> str:
        """As it said."""
        return self._serial_number

    @property
    def ports(self) -> Mapping[str, str]:
        """Where it was found."""
        return {"cdc": self._port}

    def sensor_digest(self, capture_id: str) -> str | None:
        """Nobody but the camera has seen the picture."""
        del capture_id
        return None

    def close(self) -> None:
        """It stays where it is."""
