"""File operations of spool and records. A simulation brings its own, and stops between any two."""

from __future__ import annotations

import errno
import os
import sys

from oralcam.files.atomic_write import remove_file, replace_file, sync_folder, write_durable
from oralcam.files.lock import try_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

CHUNK = 1 << 20


class GrowingFile:
    """A file that a photo arrives in."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open it for this program alone; raises BlockingIOError if another one writes it."""
        self._file = open(path, "ab+", buffering=0)
        try:
            if not try_lock(self._file):
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
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

    def ready_to_rename(self) -> None:
        """Be done with writing: Windows renames no file that is open. Elsewhere the lock stays."""
        if sys.platform == "win32":
            self._file.close()

    def close(self) -> None:
        """Let it go. Harmless when repeated."""
        self._file.close()


class Disk:
    """One folder. Every operation raises OSError where the operating system does."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """The path of the folder."""
        from pathlib import Path  # here and elsewhere: `oralcam info` opens a camera and takes no photo

        return Path(self._folder)

    def path_of(self, name: str) -> str:
        """Return where a file is, or would be."""
        return os.path.join(self._folder, name)

    def prepare(self) -> None:
        """Make the folder, for its owner only, if it is missing."""
        os.makedirs(self._folder, exist_ok=True, mode=0o700)

    def names(self) -> list[str]:
        """Return the names of the files, sorted."""
        return sorted(os.listdir(self._folder))

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return os.path.exists(self.path_of(name))

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return os.stat(self.path_of(name)).st_size

    def read(self, name: str) -> bytes:
        """Return all of a file."""
        with open(self.path_of(name), "rb") as file:
            return file.read()

    def grow(self, name: str) -> GrowingFile:
        """Open a file to append to; BlockingIOError if somebody else does so now."""
        return GrowingFile(self.path_of(name))

    def write(self, name: str, data: bytes, *, private: bool = False) -> None:
        """Write a file, durably: the old one or the new one is there, never half of it.

        A `private` one is readable by its owner only, from the first byte on.
        """
        write_durable(self.path_of(name), data, private=private)

    def append(self, name: str, data: bytes) -> None:
        """Add to the end of a private file, durably. A crash may leave a part of `data` there."""
        with open(self.path_of(name), "ab", opener=_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def tail(self, name: str, length: int) -> tuple[int, bytes]:
        """Return the size of a file, and at most `length` bytes of its end."""
        with open(self.path_of(name), "rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - length))
            return size, file.read()

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """Yield the lines of a file, cut where they are longer than `longest` bytes."""
        with open(self.path_of(name), "rb") as file:
            while line := file.readline(longest):
                yield line

    def cut(self, name: str, size: int) -> None:
        """Keep the first `size` bytes of a file only."""
        os.truncate(self.path_of(name), size)

    def move(self, name: str, other: Disk) -> None:
        """Move a file into another folder of the same file system, durably."""
        replace_file(self.path_of(name), other.path_of(name))
        sync_folder(other._folder)
        sync_folder(self._folder)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, durably, in place of what had it."""
        replace_file(self.path_of(old), self.path_of(new))
        sync_folder(self._folder)

    def remove(self, name: str) -> None:
        """Forget a file; one that is gone already is no error."""
        remove_file(self.path_of(name))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
