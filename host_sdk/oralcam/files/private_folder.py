"""A folder that only its owner reads, with files that are old or new, never half."""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from oralcam.errors import RecordStoreError
from oralcam.files.disk import Disk
from oralcam.files.lock import try_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO


PATIENCE_S = 10.0  # no act takes a tenth of it, on a slow disk
AGAIN_S = 0.005


class PrivateFolder:
    """A private folder, made if it is missing. Raises `RecordStoreError` wherever the disk fails."""

    def __init__(self, path: str | os.PathLike[str], disk: Disk | None = None) -> None:
        """Use `disk` for every operation on files: the operating system's, or a simulated one."""
        self._disk = disk or Disk(path)
        self.path = Path(path)
        with self._telling("be made"):
            self._disk.prepare()

    def names(self, suffix: str) -> list[str]:
        """Return the names of files that end so, without that ending, sorted."""
        with self._telling("be read"):
            found = self._disk.names()
        return [name[: -len(suffix)] for name in found if name.endswith(suffix) and name[0] != "."]

    def exists(self, name: str) -> bool:
        """Return whether there is such a file."""
        return self._disk.exists(name)

    def read(self, name: str) -> bytes | None:
        """Return all of a file; None if there is none."""
        with self._telling("be read"):
            try:
                return self._disk.read(name)
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file, durably."""
        with self._telling("be written"):
            self._disk.write(name, data, private=True)

    def append(self, name: str, data: bytes) -> None:
        """Add to a file's end, durably. A crash may leave a part of `data` there."""
        with self._telling("be written"):
            self._disk.append(name, data)

    def tail(self, name: str, length: int) -> tuple[int, bytes]:
        """Return a file's size, and at most `length` bytes of its end; nothing if there is no file."""
        with self._telling("be read"):
            try:
                return self._disk.tail(name, length)
            except FileNotFoundError:
                return 0, b""

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """Yield a file's lines, cut where they are longer; none if there is no file."""
        with self._telling("be read"):
            try:
                yield from self._disk.lines(name, longest)
            except FileNotFoundError:
                return

    def cut(self, name: str, size: int) -> None:
        """Keep the first `size` bytes of a file only."""
        with self._telling("be written"):
            self._disk.cut(name, size)

    def rename(self, name: str, new: str) -> None:
        """Give a file another name, durably; one that is not there is no error."""
        with self._telling("be written"):
            try:
                self._disk.rename(name, new)
            except FileNotFoundError:
                return

    def remove(self, name: str) -> None:
        """Forget a file; one that is not there is no error."""
        with self._telling("be written"):
            self._disk.remove(name)

    def move(self, name: str, other: PrivateFolder) -> None:
        """Move a file into another folder of the same disk, durably; one that is gone already is no error."""
        with self._telling("be written"):
            try:
                self._disk.move(name, other._disk)
            except FileNotFoundError:
                return

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RecordStoreError(
                f"The folder {self.path} cannot {what} ({error.strerror}); what was in it is as before."
            ) from error


class FolderLock:
    """One program and one thread at a time. A process that ends lets it go; it may be taken again within.

    Raises `RecordStoreError` if somebody else holds it for longer than `patience_s`.
    """

    def __init__(self, folder: PrivateFolder, *, patience_s: float = PATIENCE_S) -> None:
        self._path = folder.path / ".lock"
        self._patience_s = patience_s
        self._thread = threading.RLock()
        self._depth = 0
        self._file: IO[bytes] | None = None

    def __enter__(self) -> None:
        end_s = time.monotonic() + self._patience_s
        if not self._thread.acquire(timeout=self._patience_s):
            raise self._held()
        try:
            if self._depth == 0:
                self._file = self._taken(end_s)
            self._depth += 1
        except BaseException as error:
            self._thread.release()
            if isinstance(error, OSError):
                raise RecordStoreError(f"{self._path} cannot be locked ({error.strerror}).") from error
            raise

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0 and self._file is not None:
            self._file.close()
        self._thread.release()

    def _taken(self, end_s: float) -> IO[bytes]:
        file = open(self._path, "ab", opener=_private)
        try:
            while not try_lock(file):
                if time.monotonic() >= end_s:
                    raise self._held()
                time.sleep(AGAIN_S)
        except BaseException:
            file.close()
            raise
        return file

    def _held(self) -> RecordStoreError:
        return RecordStoreError(
            f"Another program has been working on {self._path.parent} for {self._patience_s:g} s; end it."
        )


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
