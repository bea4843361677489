"""A folder, for a practice system that watches it or for people: tagged JPEGs, each with a JSON sidecar."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from oralcam import jpeg as photos
from oralcam.errors import JpegError, SinkLost, SinkRefused, SinkUnavailable
from oralcam.files.atomic_write import replace_file, sync_folder, write_durable
from oralcam.jpeg import LightZone, Privacy
from oralcam.record.metadata import photo_metadata
from oralcam.sinks.inspected import facts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from oralcam.record.capture_record import CaptureRecord

__all__ = ["FolderSink"]


class FolderSink:
    """A folder of files named by record id, each written in whole or not at all, and read back.

    The program that watches a `hot` folder takes the files away: a file that is gone again has arrived.
    `marks`, a private folder of this computer, notes what was handed over: after a crash nothing is handed
    over a second time. The sidecar is there before the photo is.
    """

    def __init__(
        self,
        name: str,
        folder: str | os.PathLike[str],
        marks: str | os.PathLike[str],
        *,
        privacy: Privacy = Privacy.FULL,
        hot: bool = False,
    ) -> None:
        self.name = name
        self._folder = Path(folder)
        self._marks = Path(marks) / name
        self._privacy = privacy
        self._hot = hot

    def send(self, record: CaptureRecord, jpeg: bytes) -> None:
        """Write both files. Raises `SinkUnavailable` if the folder cannot be written to, `SinkRefused`."""
        tagged = self._tagged(record, jpeg)
        photo, ready, mark = self._photo(record), self._ready(record), self._mark(record)
        try:
            if not self._folder.is_dir():
                raise SinkUnavailable(f"There is no folder {self._folder}: is its disk or share connected?")
            if mark.exists() and not ready.exists():
                return  # renamed before the crash; maybe it has been taken away since
            for left in self._folder.glob(f".*{record.record_id}*.part"):
                left.unlink(missing_ok=True)  # by a program that was killed
            self._marks.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_durable(ready, tagged)
            write_durable(photo.with_suffix(".json"), self._sidecar(record, tagged))
            write_durable(mark, b"", private=True)
            replace_file(ready, photo)
            sync_folder(self._folder)
        except OSError as error:
            raise SinkUnavailable(f"{self._folder} cannot be written to ({error.strerror}).") from error

    def confirm(self, record: CaptureRecord, jpeg: bytes) -> bool:
        """Tell whether the photo is there, byte for byte, and says whose it is.

        Raises `SinkUnavailable`, and `SinkLost` if the file was changed.
        """
        expected = self._tagged(record, jpeg)
        try:
            found = self._photo(record).read_bytes()
        except FileNotFoundError:
            if self._hot and self._mark(record).exists():
                return True
            raise SinkUnavailable(f"The photo is not in {self._folder} any more: was it moved?") from None
        except OSError as error:
            raise SinkUnavailable(f"{self._folder} cannot be read ({error.strerror}).") from error
        if found != expected:
            self._mark(record).unlink(missing_ok=True)  # it is written again
            raise SinkLost(f"The photo in {self._folder} is not what was written there; it is written again.")
        return photos.read(found) == photo_metadata(record).at(self._privacy)

    def close(self) -> None:
        """Do nothing: no file is kept open."""

    def _tagged(self, record: CaptureRecord, jpeg: bytes) -> bytes:
        try:
            return photos.tag(
                jpeg, photo_metadata(record), privacy=self._privacy, facts=facts_of(record, jpeg)
            )
        except JpegError as error:
            raise SinkRefused(f"The photo cannot be tagged: {error}") from error

    def _sidecar(self, record: CaptureRecord, tagged: bytes) -> bytes:
        import hashlib

        said = {
            name: _plain(value)
            for name, value in vars(photo_metadata(record).at(self._privacy)).items()
            if value not in (None, "", ())
        }
        said["file"] = self._photo(record).name
        said["file_sha256"] = hashlib.sha256(tagged).hexdigest()
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()

    def _photo(self, record: CaptureRecord) -> Path:
        return self._folder / f"{record.record_id}.jpg"

    def _ready(self, record: CaptureRecord) -> Path:
        """Return the path of the complete and durable file, under a name that nobody watches for."""
        return self._folder / f".{record.record_id}.{record.sop_uid}.ready"

    def _mark(self, record: CaptureRecord) -> Path:
        return self._marks / f"{record.record_id}.{record.sop_uid}"


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, LightZone):
        return vars(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
