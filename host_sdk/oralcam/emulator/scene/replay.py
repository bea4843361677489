"""A scene that passes a file's bytes on as the sensor's, unchanged."""

from __future__ import annotations

from pathlib import Path

from oralcam.emulator.scene.exposure import Exposure, Frame
from oralcam.emulator.scene.files import picture_files
from oralcam.errors import InvalidScene

# the markers that begin a frame of pixels (SOF0..SOF15 without DHT, JPG and DAC: ITU-T T.81, table B.1)
START_OF_FRAME = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Replay:
    """A JPEG, or a folder of them, one for each frame, whatever the light.

    Raises `InvalidScene` for any other file.
    """

    def __init__(self, path: str | Path) -> None:
        self._files = picture_files(path)
        self._sizes = [_pixel_size(file) for file in self._files]
        self._next = 0

    def expose(self, exposure: Exposure) -> Frame:
        """Return the next file. Raises `InvalidScene` if it has gone meanwhile."""
        del exposure
        number, self._next = self._next, (self._next + 1) % len(self._files)
        try:
            return Frame(self._files[number].read_bytes(), *self._sizes[number])
        except OSError as error:
            raise InvalidScene(
                f"{self._files[number]} cannot be read any more ({error.strerror})."
            ) from error


def _pixel_size(file: Path) -> tuple[int, int]:
    """Return width and height from the JPEG's frame header (ITU-T T.81, B.2.2)."""
    refusal = InvalidScene(
        f"{file} is not a JPEG: only JPEG files can be replayed; use it as a scene instead."
    )
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InvalidScene(f"{file} cannot be read ({error.strerror}).") from error
    if data[:2] != b"\xff\xd8":
        raise refusal
    if data.rfind(b"\xff\xd9") < 0:
        raise InvalidScene(f"{file} is cut short: its end is missing.")
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in START_OF_FRAME:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD7:  # markers without a segment
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise refusal
