"""File operations of spool and records. A simulation brings its own, and stops between any two."""

from __future__ import annotations

import os

from oralcam.files.atomic_write import sync_folder, write_durable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

CHUNK = 1 << 20


class GrowingFile:
    """A file that a photo arrives in."""

    def __init__(self, path: Path) -> None:
        self._file = open(path, "ab+", buffering=0)
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise

    def feed_to(self, hash: Any) -> int:
        """Hash what is there already; returns how much that is."""
        self._file.seek(0)
        size = 0
        while chunk := self._file.read(CHUNK):
            hash.update(chunk)
            size += len(chunk)
        return size

    def append(self, piece: memoryview) -> None:
        """Write all of `piece` at the end; raises OSError."""
        if self._file.write(piece) != len(piece):
            raise OSError(28, "no space left on device")

    def empty(self) -> None:
        """Forget all of it."""
        self._file.truncate(0)

    def sync(self) -> None:
        """Have it on the disk before returning."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let it go."""
        self._file.close()


class Disk:
    """One folder. Every operation raises OSError where the operating system does."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where it is."""
        from pathlib import Path  # here and elsewhere: `oralcam info` opens a camera and takes no photo

        return Path(self._folder)

    def prepare(self) -> None:
        """Make the folder, for its owner only, if it is missing."""
        os.makedirs(self._folder, exist_ok=True, mode=0o700)

    def names(self) -> list[str]:
        """What is there, sorted."""
        return sorted(os.listdir(self._folder))

    def exists(self, name: str) -> bool:
        """Is there such a file?"""
        return os.path.exists(os.path.join(self._folder, name))

    def size(self, name: str) -> int:
        """Bytes of a file."""
        return os.stat(os.path.join(self._folder, name)).st_size

    def read(self, name: str) -> bytes:
        """All of a file."""
        with open(os.path.join(self._folder, name), "rb") as file:
            return file.read()

    def grow(self, name: str) -> GrowingFile:
        """Open a file to append to; BlockingIOError if somebody else does so now."""
        return GrowingFile(self.folder / name)

    def write(self, name: str, data: bytes, *, private: bool = False) -> None:
        """Write a file, durably: the old one or the new one is there, never half of it.

        A `private` one is readable by its owner only, from the first byte on.
        """
        write_durable(self.folder / name, data, private=private)

    def append(self, name: str, data: bytes) -> None:
        """Add to the end of a private file, durably. A crash may leave a part of `data` there."""
        with open(self.folder / name, "ab", opener=_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def tail(self, name: str, length: int) -> tuple[int, bytes]:
        """Return the size of a file, and at most `length` bytes of its end."""
        with open(self.folder / name, "rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - length))
            return size, file.read()

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """Yield the lines of a file, cut where they are longer than `longest` bytes."""
        with open(self.folder / name, "rb") as file:
            while line := file.readline(longest):
                yield line

    def cut(self, name: str, size: int) -> None:
        """Keep the first `size` bytes of a file only."""
        os.truncate(self.folder / name, size)

    def move(self, name: str, other: Disk) -> None:
        """Move a file into another folder of the same file system, durably."""
        os.replace(self.folder / name, other.folder / name)
        sync_folder(other.folder)
        sync_folder(self.folder)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, durably, in place of what had it."""
        os.replace(os.path.join(self._folder, old), os.path.join(self._folder, new))
        sync_folder(self.folder)

    def remove(self, name: str) -> None:
        """Forget a file; one that is gone already is no error."""
        try:
            os.unlink(os.path.join(self._folder, name))
        except FileNotFoundError:
            pass


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _lock(file: Any) -> None:
    """Two programs must not write one file; the lock goes with the process that holds it."""
    try:
        import fcntl
    except ImportError:
        return  # Windows refuses to open it a second time for renaming; ports are exclusive there
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
