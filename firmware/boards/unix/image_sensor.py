"""The frame waits in a file, outside the heap, as it would in PSRAM."""

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from boards.bench.image_sensor import BenchSensor
from camera_app import hal

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from io import BufferedReader


class FileSensor(BenchSensor):
    """The bench writes the file; the next frame replaces it."""

    def __init__(self, channel: Channel, faults: Faults, ticks: hal.Ticks, frame_path: str) -> None:
        super().__init__(channel, faults, ticks)
        self._frame_path = frame_path
        self._file: "BufferedReader | None" = None

    def taken_over(self) -> None:
        """Open the new file."""
        if self._file is not None:
            self._file.close()
        self._file = open(self._frame_path, "rb")

    def readinto(self, offset: int, view: memoryview) -> int:
        """Copy the frame's bytes."""
        self._faults.meet("sensor.readinto")
        if self._file is None:
            return 0
        self._file.seek(offset)
        return self._file.readinto(view)
