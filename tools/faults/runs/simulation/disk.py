"""The host's disk: what was written survives the program; what was synced, the power as well."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from oralcam.spool.disk import Disk


class MemoryDisk(Disk):
    """A folder in memory. `step` is called before every operation, and may end the program there."""

    def __init__(self) -> None:
        super().__init__("/spool")
        self.files: dict[str, bytearray] = {}
        self.unsynced: dict[str, int] = {}  # how much of a growing file is on the disk for sure
        self.step: Callable[[], None] = lambda: None

    @property
    def folder(self) -> Path:
        """Nowhere."""
        return Path("/spool")

    def lose_power(self, chance: random.Random) -> None:
        """Of what was not synced, some is gone."""
        for name, synced in self.unsynced.items():
            if name in self.files:
                del self.files[name][chance.randint(synced, len(self.files[name])) :]
        self.unsynced.clear()

    def prepare(self) -> None:
        """It is there."""
        self.step()

    def names(self) -> list[str]:
        """What is there, sorted."""
        self.step()
        return sorted(self.files)

    def exists(self, name: str) -> bool:
        """Is there such a file?"""
        return name in self.files

    def size(self, name: str) -> int:
        """Bytes of a file."""
        return len(self.files[name])

    def read(self, name: str) -> bytes:
        """All of a file."""
        if name not in self.files:
            raise FileNotFoundError(2, "no such file", name)
        return bytes(self.files[name])

    def grow(self, name: str) -> Any:
        """Open a file to append to."""
        self.step()
        self.files.setdefault(name, bytearray())
        return _GrowingFile(self, name)

    def write(self, name: str, data: bytes) -> None:
        """All or nothing: that is what `durable.write_durable` is for, and tested for elsewhere."""
        self.step()
        self.files[name] = bytearray(data)

    def rename(self, old: str, new: str) -> None:
        """Atomic, in place of what was there."""
        self.step()
        self.files[new] = self.files.pop(old)
        if old in self.unsynced:
            self.unsynced[new] = self.unsynced.pop(old)

    def remove(self, name: str) -> None:
        """Forget a file."""
        self.step()
        self.files.pop(name, None)
        self.unsynced.pop(name, None)


class _GrowingFile:
    def __init__(self, disk: MemoryDisk, name: str) -> None:
        self._disk = disk
        self._name = name

    def feed_to(self, hash: Any) -> int:
        data = self._disk.files[self._name]
        hash.update(data)
        return len(data)

    def append(self, piece: memoryview) -> None:
        self._disk.step()
        file = self._disk.files[self._name]
        self._disk.unsynced.setdefault(self._name, 0)
        file += piece

    def empty(self) -> None:
        self._disk.step()
        del self._disk.files[self._name][:]
        self._disk.unsynced[self._name] = 0

    def sync(self) -> None:
        self._disk.step()
        self._disk.unsynced.pop(self._name, None)

    def close(self) -> None:
        pass
