"""The host's disk: what was written survives the program; what was synced, the power as well."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from oralcam.files.disk import Disk


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
        """Return the names of the files, sorted."""
        self.step()
        return sorted(self.files)

    def exists(self, name: str) -> bool:
        """Is there such a file?"""
        return name in self.files

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return len(self.files[name])

    def read(self, name: str) -> bytes:
        """Return all of a file."""
        if name not in self.files:
            raise FileNotFoundError(2, "no such file", name)
        return bytes(self.files[name])

    def grow(self, name: str) -> Any:
        """Open a file to append to."""
        self.step()
        self.files.setdefault(name, bytearray())
        return _GrowingFile(self, name)

    def write(self, name: str, data: bytes, *, private: bool = False) -> None:
        """All or nothing: that is what `write_durable` is for, and tested for elsewhere."""
        del private
        self.step()
        self.files[name] = bytearray(data)

    def append(self, name: str, data: bytes) -> None:
        """Durable when this returns; a program that is killed in between has written a part or nothing."""
        self.step()
        self.files.setdefault(name, bytearray()).extend(data)

    def tail(self, name: str, length: int) -> tuple[int, bytes]:
        """Return the size of a file, and at most `length` bytes of its end."""
        data = self.read(name)
        return len(data), data[max(0, len(data) - length) :]

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """Yield the lines of a file, cut where they are longer."""
        file = io.BytesIO(self.read(name))
        while line := file.readline(longest):
            yield line

    def cut(self, name: str, size: int) -> None:
        """Keep the first `size` bytes of a file only."""
        self.step()
        del self.files[name][size:]

    def move(self, name: str, other: Disk) -> None:
        """Move a file into another simulated folder."""
        if not isinstance(other, MemoryDisk):
            raise OSError(18, "another file system", name)
        self.step()
        if name not in self.files:
            raise FileNotFoundError(2, "no such file", name)
        other.files[name] = self.files.pop(name)

    def rename(self, old: str, new: str) -> None:
        """Atomic, in place of what was there."""
        self.step()
        if old not in self.files:
            raise FileNotFoundError(2, "no such file", old)
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

    def ready_to_rename(self) -> None:
        pass

    def close(self) -> None:
        pass
