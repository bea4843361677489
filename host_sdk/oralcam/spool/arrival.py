"""A photo on its way into the spool."""

from __future__ import annotations

import hashlib

from oralcam.errors import SpoolError
from oralcam.spool.trouble import cannot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from oralcam.files.disk import Disk


class Arrival:
    """The arrival of a photo, whose bytes come in order. It begins with what an interrupted try left behind.

    It is a context: left without `commit`, the bytes stay for the next try, unless the disk was the reason.
    Raises `SpoolError`; the camera keeps the photo then.
    """

    def __init__(self, disk: Disk, capture_id: str, size: int) -> None:
        self._disk = disk
        self._part = f"{capture_id}.part"
        self._capture_id = capture_id
        self._hash = hashlib.sha256()
        try:
            self._file = disk.grow(self._part)
        except OSError as error:
            raise cannot("be written", disk, error) from error
        try:
            self.received = self._file.feed_to(self._hash)
            if self.received > size:
                self.start_again()
        except OSError as error:
            self._file.close()
            raise cannot("be read", disk, error) from error

    def write(self, piece: memoryview) -> None:
        """Append the next bytes. Raises OSError if the disk does not take all of them."""
        self._file.append(piece)
        self._hash.update(piece)
        self.received += len(piece)

    def start_again(self) -> None:
        """Throw away what is here: it is not the beginning of this photo. Raises OSError."""
        self._file.empty()
        self._hash = hashlib.sha256()
        self.received = 0

    def digest(self) -> bytes:
        """Return the SHA-256 of all that is here."""
        return self._hash.digest()

    def settle(self) -> str:
        """Return where the photo will be, now that all of it is here.

        The same photo may arrive twice: it is kept once. Another photo of the same name (of a camera whose
        numbers began again) stands beside it.
        """
        sha256 = self._hash.hexdigest()
        name, number = self._capture_id, 2
        while self._disk.exists(f"{name}.jpg") and self._digest_of(f"{name}.jpg") != sha256:
            name = f"{self._capture_id}-{number}"
            number += 1
        self._name = name
        return self._disk.path_of(f"{name}.jpg")

    _name = ""

    def _digest_of(self, name: str) -> str:
        return hashlib.sha256(self._disk.read(name)).hexdigest()

    def commit(self, description: dict[str, Any]) -> None:
        """Make the photo durable, with what is known of it. `settle` must have been called."""
        import json

        try:
            self._file.sync()
            self._disk.write(f"{self._name}.json", json.dumps(description, indent=1).encode())
            self._file.ready_to_rename()
            self._disk.rename(self._part, f"{self._name}.jpg")
        except OSError as error:
            self._give_up()
            raise cannot("be written", self._disk, error) from error

    def _give_up(self) -> None:
        """Remove the part, so that a disk that does not take it has the room."""
        try:
            self._disk.remove(self._part)
        except OSError:
            pass  # read-only by now, or gone

    def __enter__(self) -> Arrival:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if isinstance(error, SpoolError):
            self._give_up()
