"""Photos as files, standing for PSRAM or flash outside the heap."""

import os

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from camera_app import hal

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such class
    from io import BufferedRandom


class FileStore(hal.PhotoStore):
    """A folder with a capacity. `flash` keeps accepted photos over a reset; `psram` starts empty."""

    def __init__(self, channel: Channel, faults: Faults, folder: str, kind: str, capacity: int) -> None:
        self._channel = channel
        self._faults = faults
        self.survives_reset = kind == "flash"
        self._folder = folder
        self._capacity = capacity
        self._sizes: "dict[int, int]" = {}
        self._open_id = 0
        self._open: "BufferedRandom | None" = None
        self._found: "list[tuple[int, bytes]]" = []
        for name in os.listdir(folder):
            capture_id = name.split(".")[0]
            if self.survives_reset and name.endswith(".meta"):
                self._adopt(int(capture_id))
            elif not self.survives_reset or capture_id + ".meta" not in os.listdir(folder):
                os.remove(folder + "/" + name)  # never accepted, or a memory that forgets

    def _adopt(self, capture_id: int) -> None:
        with open(self._path(capture_id, "meta"), "rb") as file:
            self._found.append((capture_id, file.read(1024)))
        self._sizes[capture_id] = os.stat(self._path(capture_id, "jpg"))[6]

    def _path(self, capture_id: int, suffix: str) -> str:
        return "{}/{}.{}".format(self._folder, capture_id, suffix)

    def _file(self, capture_id: int) -> "BufferedRandom":
        if self._open is None or self._open_id != capture_id:
            self._close()
            self._open = open(self._path(capture_id, "jpg"), "r+b")
            self._open_id = capture_id
        return self._open

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open = None
        self._open_id = 0

    def free_bytes(self) -> int:
        """Room left."""
        return self._capacity - sum(self._sizes.values())

    def reserve(self, capture_id: int, size: int) -> bool:
        """Make room."""
        self._faults.meet("store.reserve")
        if size > self.free_bytes():
            return False
        open(self._path(capture_id, "jpg"), "wb").close()
        self._sizes[capture_id] = size
        return True

    def write(self, capture_id: int, offset: int, view: memoryview) -> None:
        """Store bytes of a reserved photo."""
        self._faults.meet("store.write")
        file = self._file(capture_id)
        file.seek(offset)
        file.write(view)

    def commit(self, capture_id: int, description: bytes) -> None:
        """The description's file makes it an accepted photo."""
        self._faults.meet("store.commit")
        with open(self._path(capture_id, "part"), "wb") as file:
            file.write(description)
        os.rename(self._path(capture_id, "part"), self._path(capture_id, "meta"))
        self._channel.say("accepted", capture_id)

    def readinto(self, capture_id: int, offset: int, view: memoryview) -> int:
        """Copy bytes of an accepted photo."""
        self._faults.meet("store.readinto")
        file = self._file(capture_id)
        file.seek(offset)
        return file.readinto(view)

    def free(self, capture_id: int) -> None:
        """Forget a photo."""
        self._faults.meet("store.free")
        if self._sizes.pop(capture_id, None) is None:
            return
        if self._open_id == capture_id:
            self._close()
        for suffix in ("meta", "jpg"):
            try:
                os.remove(self._path(capture_id, suffix))
            except OSError:
                pass  # reserved only: it has no description yet

    def held(self) -> "list[tuple[int, bytes]]":
        """What was accepted before the reset."""
        return self._found
