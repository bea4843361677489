"""Photos in the shared memory, outside the heap; their descriptions in the flash, if a reset spares them."""

import os
import struct

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from boards.qemu_arm.layout import PHOTOS
from boards.qemu_arm.memory import put, region
from camera_app import hal

FOLDER = "/flash/photos/"
PLACE = "<II"  # offset and size, in front of the description
DESCRIPTION_MAX = 1024


class MemoryStore(hal.PhotoStore):
    """A photo lies in one piece; a description's file, whole or not there, is what makes it accepted."""

    def __init__(self, channel: Channel, faults: Faults, survives_reset: bool, capacity: int) -> None:
        self._channel = channel
        self._faults = faults
        self.survives_reset = survives_reset
        self._capacity = min(capacity, PHOTOS[1])
        self._memory = region(PHOTOS)
        self._places: "dict[int, tuple[int, int]]" = {}
        self._found: "list[tuple[int, bytes]]" = []
        for name in os.listdir(FOLDER[:-1]):
            if survives_reset and not name.endswith(".part"):
                self._adopt(int(name))
            else:
                os.remove(FOLDER + name)  # never accepted, or of a memory that forgets

    def _adopt(self, capture_id: int) -> None:
        with open(FOLDER + str(capture_id), "rb") as file:
            content = file.read(DESCRIPTION_MAX)
        offset, size = struct.unpack_from(PLACE, content)
        self._places[capture_id] = offset, size
        self._found.append((capture_id, content[struct.calcsize(PLACE) :]))

    def free_bytes(self) -> int:
        """Room left."""
        return self._capacity - sum([size for _, size in self._places.values()])

    def reserve(self, capture_id: int, size: int) -> bool:
        """Find a gap; False if there is none in one piece."""
        self._faults.meet("store.reserve")
        offset = 0
        for start, length in sorted(self._places.values()):
            if start - offset >= size:
                break
            offset = start + length
        if offset + size > self._capacity:
            return False
        self._places[capture_id] = offset, size
        return True

    def write(self, capture_id: int, offset: int, view: memoryview) -> None:
        """Store bytes of a reserved photo."""
        self._faults.meet("store.write")
        put(self._memory, self._places[capture_id][0] + offset, view)

    def commit(self, capture_id: int, description: bytes) -> None:
        """Write the description beside its name, then give it the name: LittleFS renames at once or not."""
        self._faults.meet("store.commit")
        if self.survives_reset:
            part = FOLDER + str(capture_id) + ".part"
            with open(part, "wb") as file:
                file.write(struct.pack(PLACE, *self._places[capture_id]))
                file.write(description)
            os.rename(part, FOLDER + str(capture_id))
        self._channel.say("accepted", capture_id)

    def readinto(self, capture_id: int, offset: int, view: memoryview) -> int:
        """Copy bytes of an accepted photo."""
        self._faults.meet("store.readinto")
        start, size = self._places[capture_id]
        length = min(len(view), size - offset)
        view[:length] = self._memory[start + offset : start + offset + length]
        return length

    def free(self, capture_id: int) -> None:
        """Forget a photo."""
        self._faults.meet("store.free")
        if self._places.pop(capture_id, None) is None or not self.survives_reset:
            return
        try:
            os.remove(FOLDER + str(capture_id))
        except OSError:
            pass  # reserved only: it has no description yet

    def held(self) -> "list[tuple[int, bytes]]":
        """What was accepted before the reset."""
        return self._found
