"""The spool: a private folder where a photo becomes durable before anybody is handed it.

| file | what |
|---|---|
| `<capture_id>.part` | a photo that has not arrived whole |
| `<capture_id>.jpg` | a photo, durable; `.json` beside it says what the camera said of it |
| `<capture_id>.owed` | SHA-256 of a photo that was handed out and that the camera could not be told of |
| `<capture_id>.lost` | a photo that the camera lost, as it reported |

`capture_id` names camera and capture: `oralcam.files.capture_id`. Kill the program at any point: the photo is
still on the camera, or here, and the next session knows which.
"""

from __future__ import annotations

import os

from oralcam.files.atomic_write import remove_file
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
        """The path of the folder."""
        return self.disk.folder

    def begin(self, capture_id: str, size: int) -> Arrival:
        """Return the arrival of a photo of `size` bytes, which starts or goes on."""
        from oralcam.spool.arrival import Arrival  # here: it loads OpenSSL, and most commands fetch nothing

        return Arrival(self.disk, capture_id, size)

    def digests_of(self, capture_id: str) -> list[str]:
        """Return the SHA-256, hexadecimal, of the photos of that name that are here or owed an
        acknowledgement.
        """
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
        """Write down that the photo is going to be handed out and that the camera must be told of
        it later.
        """
        self._note(f"{capture_id}.owed", sha256.encode())

    def owed(self, serial_number: str) -> list[str]:
        """Return the capture ids of which a camera must still be told."""
        try:
            names = self.disk.names()
        except OSError as error:
            raise cannot("be read", self.disk, error) from error
        owed = [name.removesuffix(".owed") for name in names if name.endswith(".owed")]
        if not owed:
            return []
        from oralcam.files.capture_id import is_of  # here: nearly always there is none

        return [capture_id for capture_id in owed if is_of(capture_id, serial_number)]

    def acknowledged(self, capture_id: str) -> None:
        """Forget that the camera must be told: it knows now."""
        try:
            self.disk.remove(f"{capture_id}.owed")
        except OSError:
            pass  # a read-only disk: the camera is told once more, which is harmless

    # -- what the camera lost ------------------------------------------------------------------------

    def note_loss(self, capture_id: str, press_number: int, serial_number: str | None = None) -> bool:
        """Keep the report of a lost photo; return False if it is here already."""
        import json

        name = f"{capture_id}.lost"
        if self.disk.exists(name):
            return False
        note = {"press_number": press_number or None, "serial_number": serial_number}
        self._note(name, json.dumps(note).encode())
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


def leave(path: str | os.PathLike[str]) -> None:
    """Take the photo at `path` out of the spool: it has gone to where it was wanted."""
    remove_file(path)
    remove_file(f"{os.path.splitext(path)[0]}.json")
