"""A folder that only its owner reads, with files that are old or new, never half."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

from oralcam.durable import sync_folder, write_durable
from oralcam.errors import RecordStoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO


class PrivateFolder:
    """Made if it is missing. Raises `RecordStoreError` wherever the disk fails."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        with self._telling("be made"):
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def names(self, suffix: str) -> list[str]:
        """The files that end so, without that ending, sorted."""
        with self._telling("be read"):
            found = os.listdir(self.path)
        return sorted(
            name[: -len(suffix)] for name in found if name.endswith(suffix) and not name.startswith(".")
        )

    def exists(self, name: str) -> bool:
        """Is there such a file?"""
        return (self.path / name).exists()

    def read(self, name: str) -> bytes | None:
        """All of a file; None if there is none."""
        with self._telling("be read"):
            try:
                return (self.path / name).read_bytes()
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes) -> None:
        """The whole file, durably."""
        with self._telling("be written"):
            write_durable(self.path / name, data, private=True)

    def append(self, name: str, data: bytes) -> None:
        """Add to a file's end, durably. A crash may leave a part of `data` there."""
        with self._telling("be written"), open(self.path / name, "ab", opener=_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def tail(self, name: str, length: int) -> tuple[int, bytes]:
        """A file's size, and at most `length` bytes of its end; nothing if there is no file."""
        with self._telling("be read"):
            try:
                with open(self.path / name, "rb") as file:
                    size = file.seek(0, os.SEEK_END)
                    file.seek(max(0, size - length))
                    return size, file.read()
            except FileNotFoundError:
                return 0, b""

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """A file's lines, cut where they are longer; none if there is no file."""
        with self._telling("be read"):
            try:
                with open(self.path / name, "rb") as file:
                    while line := file.readline(longest):
                        yield line
            except FileNotFoundError:
                return

    def cut(self, name: str, size: int) -> None:
        """Keep the first `size` bytes of a file only."""
        with self._telling("be written"):
            os.truncate(self.path / name, size)

    def rename(self, name: str, new: str) -> None:
        """Give a file another name, durably; one that is not there is no error."""
        with self._telling("be written"):
            try:
                os.replace(self.path / name, self.path / new)
            except FileNotFoundError:
                return
            sync_folder(self.path)

    def remove(self, name: str) -> None:
        """Forget a file; one that is not there is no error."""
        with self._telling("be written"):
            (self.path / name).unlink(missing_ok=True)

    def move(self, name: str, other: PrivateFolder) -> None:
        """Into another folder of the same disk, durably; one that is gone already is no error."""
        with self._telling("be written"):
            try:
                os.replace(self.path / name, other.path / name)
            except FileNotFoundError:
                return
            sync_folder(other.path)
            sync_folder(self.path)

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RecordStoreError(
                f"The folder {self.path} cannot {what} ({error.strerror}); what was in it is as before."
            ) from error


class FolderLock:
    """One program and one thread at a time. A process that ends lets it go; it may be taken again within."""

    def __init__(self, folder: PrivateFolder) -> None:
        self._path = folder.path / ".lock"
        self._thread = threading.RLock()
        self._depth = 0
        self._file: IO[bytes] | None = None

    def __enter__(self) -> None:
        self._thread.acquire()
        try:
            if self._depth == 0:
                self._file = _lock(self._path)
            self._depth += 1
        except OSError as error:
            self._thread.release()
            raise RecordStoreError(f"{self._path} cannot be locked ({error.strerror}).") from error

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0 and self._file is not None:
            self._file.close()
        self._thread.release()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _lock(path: Path) -> IO[bytes]:
    file = open(path, "ab", opener=_private)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
    except BaseException:
        file.close()
        raise
    return file
