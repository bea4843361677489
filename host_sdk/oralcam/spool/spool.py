"""The spool: a private folder where a photo becomes durable before anybody is handed it.

`<capture_id>.part` while it arrives, then `<capture_id>.jpg`; what the camera said of it is in
`<capture_id>.json`.
"""

from __future__ import annotations

import os
import re

from oralcam.errors import SpoolError
from oralcam.spool.durable import sync_folder, write_durable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Any


class Spool:
    """One folder, readable by its owner only. Raises `SpoolError` if it cannot be made."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = folder
        try:
            os.makedirs(folder, exist_ok=True, mode=0o700)
        except OSError as error:
            raise SpoolError(_sentence("be made", folder, error)) from error

    @property
    def folder(self) -> Path:
        """Where it is."""
        from pathlib import Path  # here and below: `oralcam info` opens a camera and takes no photo

        return Path(self._folder)

    def begin(self, capture_id: str) -> Arrival:
        """A photo starts to arrive. Use it as a context: what is not committed leaves nothing behind."""
        return Arrival(self.folder, capture_id)


class Arrival:
    """A photo on its way in."""

    def __init__(self, folder: Path, capture_id: str) -> None:
        self._folder = folder
        self._part = folder / f"{capture_id}.part"
        self.path = folder / f"{capture_id}.jpg"
        try:
            self._file = open(self._part, "wb", buffering=0)
        except OSError as error:
            raise SpoolError(_sentence("be written", folder, error)) from error

    def write(self, piece: memoryview) -> None:
        """The next bytes; raises OSError if the disk does not take all of them."""
        if self._file.write(piece) != len(piece):
            raise OSError(28, "no space left on device")

    def settle(self, sha256: str) -> Path:
        """Where it will be. The same photo may arrive twice, if the camera was not told the first time: it is
        kept once. Another photo of the same name (a camera whose numbers began again) stands beside it."""
        import hashlib

        name, number = self.path.stem, 2
        while self.path.exists() and hashlib.sha256(self.path.read_bytes()).hexdigest() != sha256:
            self.path = self._folder / f"{name}-{number}.jpg"
            number += 1
        return self.path

    def commit(self, description: dict[str, Any]) -> Path:
        """Make the photo durable; returns its path. Raises `SpoolError`; the camera still has it then."""
        import json

        try:
            os.fsync(self._file.fileno())
            write_durable(self.path.with_suffix(".json"), json.dumps(description, indent=1).encode())
            os.replace(self._part, self.path)
            sync_folder(self._folder)
        except OSError as error:
            raise SpoolError(_sentence("be written", self._folder, error)) from error
        return self.path

    def __enter__(self) -> Arrival:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)


def leave(path: Path) -> None:
    """The photo at `path` has gone to where it was wanted: it leaves the spool."""
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)


def file_name(serial_number: str, capture_number: int) -> str:
    """A capture's id: unique over cameras, and fit to be a file's name whatever the camera calls itself."""
    return f"{re.sub(r'[^A-Za-z0-9_-]', '_', serial_number)[:40]}-{capture_number:06d}"


def _sentence(what: str, folder: str | os.PathLike[str], error: OSError) -> str:
    return f"The spool folder {folder} cannot {what} ({error.strerror}); the camera keeps its photos."
