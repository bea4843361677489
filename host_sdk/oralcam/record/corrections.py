"""Changes to a record: each gives a new one that still says what stood there, who changed it and why.

A changed record has a new SOP instance UID: an archive keeps the first object that it gets under one.
"""

from __future__ import annotations

from dataclasses import replace

from oralcam.errors import InvalidRecord
from oralcam.record.capture_record import CaptureRecord
from oralcam.record.history import Change, Correction
from oralcam.record.ids import RandomIds, new_uid
from oralcam.record.making import VisitIds
from oralcam.record.moment import now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from oralcam.record.ids import IdSource
    from oralcam.record.patient import PatientContext
    from oralcam.record.procedure import Procedure
    from oralcam.record.site import Site


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
    """The photo is `patient`'s: another person, or the same one with a name put right.

    It leaves the study, which belongs to one patient: `visit` names the one that it joins, None a new one.
    An order of the other patient is not this one's. Raises `InvalidRecord` without `who` or `why`.
    """
    if patient == record.patient:
        raise InvalidRecord("The record is this patient's already.")
    source = ids or RandomIds()
    visit = visit or VisitIds.new(source)
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
            order_before=record.order,
        ),
        source,
        patient=patient,
        visit_id=visit.visit_id,
        study_uid=visit.study_uid,
        series_uid=visit.series_uid,
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
    """The photo shows `site`: said after the press, or put right."""
    change = Change(
        at or now(),
        who,
        Correction.SITE,
        why,
        sop_uid_before=record.sop_uid,
        site_before=record.site,
    )
    return _changed(record, change, ids or RandomIds(), site=site)


def with_reason(
    record: CaptureRecord,
    reason: str,
    *,
    who: str,
    why: str = "",
    at: datetime | None = None,
    ids: IdSource | None = None,
) -> CaptureRecord:
    """The photo was taken for `reason`."""
    change = Change(
        at or now(),
        who,
        Correction.REASON,
        why,
        sop_uid_before=record.sop_uid,
        reason_before=record.reason,
    )
    return _changed(record, change, ids or RandomIds(), reason=reason)


def with_procedure(
    record: CaptureRecord,
    procedure: Procedure | None,
    *,
    who: str,
    why: str = "",
    at: datetime | None = None,
    ids: IdSource | None = None,
) -> CaptureRecord:
    """The photo documents `procedure`."""
    change = Change(
        at or now(),
        who,
        Correction.PROCEDURE,
        why,
        sop_uid_before=record.sop_uid,
        procedure_before=record.procedure,
    )
    return _changed(record, change, ids or RandomIds(), procedure=procedure)


def with_orientation(
    record: CaptureRecord,
    orientation: int,
    *,
    who: str,
    why: str = "",
    at: datetime | None = None,
    ids: IdSource | None = None,
) -> CaptureRecord:
    """The picture is to be shown turned so: EXIF's 1..8. Its pixels stay as they are."""
    change = Change(
        at or now(),
        who,
        Correction.ORIENTATION,
        why,
        sop_uid_before=record.sop_uid,
        orientation_before=record.orientation,
    )
    return _changed(record, change, ids or RandomIds(), orientation=orientation)


def _changed(record: CaptureRecord, change: Change, ids: IdSource, **new: Any) -> CaptureRecord:
    return replace(record, history=(*record.history, change), sop_uid=new_uid(ids), **new)
