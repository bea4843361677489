"""Records as files: a folder of the host's, or a LittleFS in emulated flash."""

from boards.bench.faults import Faults
from camera_app import hal

RECORD_MAX = 4096


class FileRecords(hal.Records):
    """A file a record."""

    def __init__(self, folder: str, faults: Faults) -> None:
        self._folder = folder
        self._faults = faults

    def load(self, name: str) -> bytes:
        """What is there."""
        try:
            with open(self._folder + "/" + name, "rb") as file:
                return file.read(RECORD_MAX)
        except OSError:
            return b""

    def save(self, name: str, data: bytes) -> None:
        """Not atomic, as on a board: the power may fail between the two."""
        if self._faults.meet("records.save"):
            return
        with open(self._folder + "/" + name, "wb") as file:
            file.write(data)
