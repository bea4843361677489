"""Where records and their photos lie: one private folder of files.

| file | what |
|---|---|
| `photos/<record id>.jpg` | the JPEG as it left the sensor |
| `records/<record id>.json` | whose it is, and all else: `schema.json` |
| `quarantine/<record id>.json` | a photo that nobody could assign; `filed/` after a person did |
| `claims/<digest>` | which record id a photo has: it is taken in once, whatever crashes in between |
| `audit/` | the audit log |

No file's name says anything about a patient. Nothing is deleted here.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from oralcam.errors import AlreadyRecorded, InvalidRecord, RecordNotFound, RecordStoreError
from oralcam.files.capture_id import former_id
from oralcam.files.private_folder import FolderLock, PrivateFolder
from oralcam.record.audit import Act, AuditLog
from oralcam.record.capture_record import CaptureRecord
from oralcam.record.history import Correction
from oralcam.record.ids import is_record_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.record.taken_photo import TakenPhoto

ACTS = {Correction.RELINKED: Act.RELINKED, Correction.FILED: Act.FILED}  # all others are corrections
NOBODY = "oralcam"  # who did what no person did


class RecordStore:
    """The private folder of records and photos. Several programs may use it.

    Raises `RecordStoreError` wherever the disk fails.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        top = PrivateFolder(folder)
        self._lock = FolderLock(top)
        self._photos, self._records, self._quarantine, self._filed, self._claims = (
            PrivateFolder(self.folder / name)
            for name in ("photos", "records", "quarantine", "filed", "claims")
        )
        self.audit = AuditLog(self.folder / "audit")

    def known(self, photo: TakenPhoto) -> str | None:
        """Return the record id of a photo that a record or the quarantine has, or None if it is new."""
        record_id = self._claimed(photo)
        return record_id if record_id is not None and self._exists(record_id) else None

    def keep(self, record: CaptureRecord, jpeg: bytes) -> None:
        """Keep a new record with its photo. Both are durable when this returns.

        Raises `AlreadyRecorded` if the photo is here, `InvalidRecord` if `jpeg` is another one.
        """
        with self._lock:
            if record.supersedes is not None:
                self.read(record.supersedes)
            self._take_in(record.taken, record.record_id, jpeg)
            # The audit log first: a crash in between leaves an entry too many, never an act without one.
            self.audit.append(Act.RECORDED, record.record_id, who=record.operator or NOBODY)
            if record.supersedes is not None:
                self.audit.append(Act.SUPERSEDED, record.supersedes, who=record.operator or NOBODY)
            self._write(record)

    def _take_in(self, photo: TakenPhoto, record_id: str, jpeg: bytes) -> None:
        """Claim the photo for `record_id` and keep its bytes. The caller holds the lock.

        Raises as `keep` does.
        """
        if hashlib.sha256(jpeg).hexdigest() != photo.jpeg_sha256 or len(jpeg) != photo.jpeg_size:
            raise InvalidRecord(f"The JPEG is not the one of the record: photo {photo.capture_id}.")
        known = self.known(photo)
        if known is not None:
            raise AlreadyRecorded(f"Photo {photo.capture_id} is here already, as {known}.")
        if self._exists(record_id):
            raise AlreadyRecorded(f"There is another photo's record of the id {record_id}.")
        begun = self._claimed(photo)
        if begun is not None:  # and then a crash
            self._photos.remove(f"{begun}.jpg")
        self._claims.write(_claim(photo, photo.capture_id), record_id.encode())
        self._photos.write(f"{record_id}.jpg", jpeg)

    def _write(self, record: CaptureRecord) -> None:
        """Write the record's file, and nothing else. The caller holds the lock."""
        self._records.write(f"{record.record_id}.json", record.to_json().encode())

    def change(self, before: CaptureRecord, after: CaptureRecord) -> None:
        """Put `after`, made from `before` by `corrections`, in its place.

        Raises `RecordStoreError` if somebody else has changed the record meanwhile, `InvalidRecord` if
        `after` has lost history or belongs to another photo.
        """
        with self._lock:
            if self.read(before.record_id) != before:
                raise RecordStoreError(
                    f"Record {before.record_id} was changed by somebody else meanwhile; read it again."
                )
            added = after.history[len(before.history) :]
            if after.history[: len(before.history)] != before.history or not added:
                raise InvalidRecord("A change of a record adds to its history; nothing of it is left out.")
            if after.taken != before.taken or after.record_id != before.record_id:
                raise InvalidRecord("A change of a record leaves the photo, its time and its id as they are.")
            for change in added:
                self.audit.append(ACTS.get(change.what, Act.CORRECTED), after.record_id, who=change.who)
            self._write(after)

    def read(self, record_id: str) -> CaptureRecord:
        """Read a record. Raises `RecordNotFound`, and `InvalidRecord` if the file is damaged."""
        data = self._records.read(f"{record_id}.json") if is_record_id(record_id) else None
        if data is None:
            raise RecordNotFound("There is no record of that id.")
        record = CaptureRecord.from_json(data)
        if record.record_id != record_id:
            raise InvalidRecord(f"The file of record {record_id} holds another record.")
        return record

    def jpeg(self, record_id: str) -> bytes:
        """Return the photo of a record or in quarantine, as it left the sensor.

        `CaptureRecord.jpeg_sha256` tells whether it is undamaged. Raises `RecordNotFound`.
        """
        data = self._photos.read(f"{record_id}.jpg") if is_record_id(record_id) else None
        if data is None:
            raise RecordNotFound("There is no photo of that record id.")
        return data

    def ids(self) -> list[str]:
        """Return the ids of all records, retaken ones included."""
        return [name for name in self._records.names(".json") if is_record_id(name)]

    def _claimed(self, photo: TakenPhoto) -> str | None:
        """By its id of now, or by the one that versions up to 0.1.0 gave it."""
        former = former_id(photo.capture_id, photo.device.serial_number)
        for capture_id in filter(None, (photo.capture_id, former)):
            claimed = self._claims.read(_claim(photo, capture_id))
            record_id = claimed.decode("ascii", "replace") if claimed else ""
            if is_record_id(record_id):
                return record_id
        return None

    def _exists(self, record_id: str) -> bool:
        kept = (self._records, self._quarantine, self._filed)
        return any(folder.exists(f"{record_id}.json") for folder in kept)

    def superseded(self) -> dict[str, str]:
        """Return the records that a retake superseded, each with the id of the retake's record."""
        found = {}
        for record_id in self.ids():
            before = self.read(record_id).supersedes
            if before is not None:
                found[before] = record_id
        return found


def _claim(photo: TakenPhoto, capture_id: str) -> str:
    """Return the same name for the same photo only.

    An emulator's numbers begin again, and two photos may be equal.
    """
    taken_at = photo.taken_at.isoformat() if photo.taken_at else ""
    return hashlib.sha256(f"{capture_id}\n{photo.jpeg_sha256}\n{taken_at}".encode()).hexdigest()
