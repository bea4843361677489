"""Photos that nobody can assign for sure: they are kept and shown, and only a person files them."""

from __future__ import annotations

from dataclasses import replace

from oralcam.errors import InvalidRecord, RecordNotFound
from oralcam.record.assignment.quarantined_photo import QuarantinedPhoto
from oralcam.record.audit import Act
from oralcam.record.capture_record import VisitIds, make_record
from oralcam.record.history import Change, Correction
from oralcam.record.ids import RandomIds, is_record_id, new_record_id
from oralcam.record.store import NOBODY
from oralcam.record.timestamps import now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from oralcam.record.assignment.timeline import Quarantined
    from oralcam.record.capture_record import CaptureRecord
    from oralcam.record.ids import IdSource
    from oralcam.record.mouth.site import Site
    from oralcam.record.patient import PatientContext
    from oralcam.record.picture_quality import PictureQuality
    from oralcam.record.procedure import Procedure
    from oralcam.record.store import RecordStore
    from oralcam.record.taken_photo import TakenPhoto

DAY_S = 86_400.0


class Quarantine:
    """The quarantine of a store. Raises `RecordStoreError` wherever the disk fails."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    def keep(
        self,
        photo: TakenPhoto,
        verdict: Quarantined,
        jpeg: bytes,
        *,
        arrived_at: datetime | None = None,
        ids: IdSource | None = None,
        who: str = NOBODY,
    ) -> QuarantinedPhoto:
        """Keep a photo and why nobody knows whose it is. Both are durable when this returns.

        Raises `AlreadyRecorded`.
        """
        waiting = QuarantinedPhoto(
            new_record_id(ids or RandomIds()), photo, verdict.doubt, verdict.candidates, arrived_at or now()
        )
        store = self._store
        with store._lock:
            store._take_in(photo, waiting.record_id, jpeg)
            store.audit.append(Act.QUARANTINED, waiting.record_id, who=who)
            store._quarantine.write(f"{waiting.record_id}.json", waiting.to_json().encode())
        return waiting

    def ids(self) -> list[str]:
        """Return the record ids of the photos that wait for a person."""
        names = self._store._quarantine.names(".json")
        return [name for name in names if is_record_id(name) and not self._has_record(name)]

    def read(self, record_id: str) -> QuarantinedPhoto:
        """Read one photo's entry. Raises `RecordNotFound`, and `InvalidRecord` if the file is damaged."""
        data = self._store._quarantine.read(f"{record_id}.json") if is_record_id(record_id) else None
        if data is None or self._has_record(record_id):
            raise RecordNotFound("Nothing of that record id waits in quarantine.")
        return QuarantinedPhoto.from_json(data)

    def file(
        self,
        record_id: str,
        patient: PatientContext,
        *,
        who: str,
        why: str,
        visit: VisitIds | None = None,
        taken_at: datetime | None = None,
        taken_at_uncertainty_s: float = DAY_S / 2,
        site: Site | None = None,
        reason: str = "",
        procedure: Procedure | None = None,
        quality: PictureQuality | None = None,
        at: datetime | None = None,
        ids: IdSource | None = None,
    ) -> CaptureRecord:
        """File the photo as `patient`'s, as a person decided, and return the record, which is durable.

        `patient` need not be one of the candidates. A photo without a time needs `taken_at`, which is off by
        at most `taken_at_uncertainty_s`. Raises `InvalidRecord`, `RecordNotFound`.
        """
        store = self._store
        with store._lock:
            waiting = self.read(record_id)
            photo = waiting.photo
            if photo.taken_at is None and taken_at is not None:
                photo = replace(photo, taken_at=taken_at, taken_at_uncertainty_s=taken_at_uncertainty_s)
            elif taken_at is not None:
                raise InvalidRecord("The time of the photo is known; the camera told it.")
            record = make_record(
                photo,
                patient,
                visit or VisitIds.new(ids, started_at=photo.taken_at),
                ids=ids,
                record_id=record_id,
                site=site,
                reason=reason,
                procedure=procedure,
                quality=quality,
                operator=who,
                history=(Change(at or now(), who, Correction.FILED, why),),
            )
            store.audit.append(Act.FILED, record_id, who=who)
            store._write(record)
            store._quarantine.move(f"{record_id}.json", store._filed)
        return record

    def _has_record(self, record_id: str) -> bool:
        """Tell whether the photo was filed, and a crash kept its file from being moved."""
        return self._store._records.exists(f"{record_id}.json")
