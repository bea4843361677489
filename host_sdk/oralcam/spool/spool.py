"""The spool: a private folder where a photo becomes durable before anybody is handed it.

| file | what |
|---|---|
| `<capture_id>.part` | a photo that has not arrived whole |
| `<capture_id>.jpg` | a photo, durable; `.json` beside it says what the camera said of it |
| `<capture_id>.owed` | SHA-256 of a photo that was handed out and that the camera could not be told of |
| `<capture_id>.lost` | a photo that the camera lost, as it reported |

`capture_id` names camera and capture. Kill the program at any point: the photo is still on the camera, or
here, and the next session knows which.
"""

from __future__ import annotations

import os
import re

from oralcam.files.disk import Disk
from oralcam.spool.trouble import cannot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from oralcam.spool.arrival import Arrival


class Spool:
    """One folder, readable by its owner only. Raises `SpoolError` wherever the disk fails."""

    def __init__(self, folder: str | os.PathLike[str] | Disk) -> None:
        self.disk = folder if isinstance(folder, Disk) else Disk(folder)
        try:  # only now: one that vanishes later may be a drive that was pulled out
            self.disk.prepare()
        except OSError as error:
            raise cannot("be made", self.disk, error) from error

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self.disk.folder

    def begin(self, capture_id: str, size: int) -> Arrival:
        """A photo of `size` bytes starts to arrive, or goes on."""
        from oralcam.spool.arrival import Arrival  # here: it loads OpenSSL, and most commands fetch nothing

        return Arrival(self.disk, capture_id, size)

    def digests_of(self, capture_id: str) -> list[str]:
        """SHA-256, hexadecimal, of the photos of that name that are here or are owed an acknowledgement."""
        names = [f"{capture_id}.owed"] if self.disk.exists(f"{capture_id}.owed") else []
        name, number = capture_id, 2
        while self.disk.exists(f"{name}.jpg"):
            names.append(f"{name}.json")
            name, number = f"{capture_id}-{number}", number + 1
        return [digest for digest in map(self._digest_in, names) if digest]

    def _digest_in(self, name: str) -> str | None:
        import json

        try:
            text = self.disk.read(name).decode()
            return text if name.endswith(".owed") else str(json.loads(text)["sha256"])
        except (OSError, ValueError, KeyError, TypeError):
            return None  # taken away by hand, or damaged: the camera's own copy will do

    # -- what was handed out and the camera does not know of -----------------------------------------

    def owe(self, capture_id: str, sha256: str) -> None:
        """The photo is going to be handed out; the camera must be told of it later."""
        self._note(f"{capture_id}.owed", sha256.encode())

    def owed(self, serial_number: str) -> list[str]:
        """The capture ids of a camera for which that is so."""
        return self._ids(serial_number, ".owed")

    def acknowledged(self, capture_id: str) -> None:
        """The camera knows now."""
        try:
            self.disk.remove(f"{capture_id}.owed")
        except OSError:
            pass  # a read-only disk: the camera is told once more, which is harmless

    # -- what the camera lost ------------------------------------------------------------------------

    def note_loss(self, capture_id: str, press_number: int) -> bool:
        """Keep the report of a lost photo; False if it is here already."""
        import json

        name = f"{capture_id}.lost"
        if self.disk.exists(name):
            return False
        self._note(name, json.dumps({"press_number": press_number or None}).encode())
        try:
            self.disk.remove(f"{capture_id}.part")  # its rest will never come
        except OSError:
            pass  # it does no harm
        return True

    def _note(self, name: str, data: bytes) -> None:
        try:
            self.disk.write(name, data)
        except OSError as error:
            raise cannot("be written", self.disk, error) from error

    def _ids(self, serial_number: str, suffix: str) -> list[str]:
        prefix = file_name(serial_number, 0)[: -len("000000")]
        try:
            names = self.disk.names()
        except OSError as error:
            raise cannot("be read", self.disk, error) from error
        return [name[: -len(suffix)] for name in names if name.startswith(prefix) and name.endswith(suffix)]


def leave(path: Path) -> None:
    """The photo at `path` has gone to where it was wanted: it leaves the spool."""
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)


def file_name(serial_number: str, capture_number: int) -> str:
    """A capture's id: unique over cameras, and fit to be a file's name whatever the camera calls itself."""
    return f"{re.sub(r'[^A-Za-z0-9_-]', '_', serial_number)[:40]}-{capture_number:06d}"
