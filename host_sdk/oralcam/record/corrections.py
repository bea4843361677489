"""Changes to a record: each gives a new one that still says what stood there, who changed it and why.

A changed record has a new SOP instance UID: an archive keeps the first object that it gets under one.
"""

from __future__ import annotations

from dataclasses import replace

from oralcam.errors import InvalidRecord
from oralcam.record.capture_record import CaptureRecord, VisitIds
from oralcam.record.history import Change, Correction
from oralcam.record.ids import RandomIds, new_uid
from oralcam.record.timestamps import now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from oralcam.record.ids import IdSource
    from oralcam.record.mouth.site import Site
    from oralcam.record.patient import PatientContext
    from oralcam.record.procedure import Procedure

__all__ = ["relinked", "with_orientation", "with_procedure", "with_reason", "with_site"]


def relinked(
    record: CaptureRecord,
    patient: PatientContext,
    *,
    who: str,
    why: str,
    at: datetime | None = None,
    ids: IdSource | None = None,
    visit: VisitIds | None = None,
) -> CaptureRecord:
    """Return the record as `patient`'s: another person, or the same one with a name put right.

    The photo leaves its study, which belongs to one patient: `visit` names the visit that it joins, None
    stands for a new one that begins with the photo. An order of the other patient is not taken along. Raises
    `InvalidRecord` without `who` or `why`.
    """
    if patient == record.patient:
        raise InvalidRecord("The record is this patient's already.")
    source = ids or RandomIds()
    visit = visit or VisitIds.new(source, started_at=record.taken_at)
    return _changed(
        record,
        Change(
            at or now(),
            who,
            Correction.RELINKED,
            why,
            patient_before=record.patient,
            visit_id_before=record.visit_id,
            study_uid_before=record.study_uid,
            series_uid_before=record.series_uid,
            sop_uid_before=record.sop_uid,
            visit_started_at_before=record.visit_started_at,
            order_before=record.order,
        ),
        source,
        patient=patient,
        visit_id=visit.visit_id,
        study_uid=visit.study_uid,
        series_uid=visit.series_uid,
        visit_started_at=visit.started_at,
        order=visit.order,
    )


def with_site(
    record: CaptureRecord,
    site: Site | None,
    *,
    who: str,
    why: str = "",
    at: datetime | None = None,
    ids: IdSource | None = None,
) -> CaptureRecord:
    """Return the record with another site: said after the press, or put right."""
    return _corrected(record, Correction.SITE, site, who, why, at, ids)


def with_reason(
    record: CaptureRecord,
    reason: str,
    *,
    who: str,
    why: str = "",
    at: datetime | None = None,
    ids: IdSource | None = None,
) -> CaptureRecord:
    """Return the record with another reason why the photo was taken."""
    return _corrected(record, Correction.REASON, reason, who, why, at, ids)


def with_procedure(
    record: CaptureRecord,
    procedure: Procedure | None,
    *,
    who: str,
    why: str = "",
    at: datetime | None = None,
    ids: IdSource | None = None,
) -> CaptureRecord:
    """Return the record with another procedure that the photo documents."""
    return _corrected(record, Correction.PROCEDURE, procedure, who, why, at, ids)


def with_orientation(
    record: CaptureRecord,
    orientation: int,
    *,
    who: str,
    why: str = "",
    at: datetime | None = None,
    ids: IdSource | None = None,
) -> CaptureRecord:
    """Return the record with another orientation, EXIF's 1..8: how the picture is to be shown.

    Its pixels stay as they are.
    """
    return _corrected(record, Correction.ORIENTATION, orientation, who, why, at, ids)


def _corrected(
    record: CaptureRecord,
    what: Correction,
    value: object,
    who: str,
    why: str,
    at: datetime | None,
    ids: IdSource | None,
) -> CaptureRecord:
    """Return the changed record. A correction has the name of the field that it changes."""
    before: dict[str, Any] = {f"{what.value}_before": getattr(record, what.value)}
    change = Change(at or now(), who, what, why, sop_uid_before=record.sop_uid, **before)
    return _changed(record, change, ids or RandomIds(), **{what.value: value})


def _changed(record: CaptureRecord, change: Change, ids: IdSource, **new: Any) -> CaptureRecord:
    return replace(record, history=(*record.history, change), sop_uid=new_uid(ids), **new)
