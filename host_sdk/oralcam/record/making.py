"""From a photo, its patient and what people said of it to the record."""

from __future__ import annotations

from dataclasses import dataclass, fields

from oralcam.errors import InvalidRecord
from oralcam.record.capture_record import CaptureRecord
from oralcam.record.ids import RandomIds, new_record_id, new_uid
from oralcam.record.moment import now
from oralcam.record.order import Order
from oralcam.record.taken import TakenPhoto

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime

    from oralcam.record.history import Change
    from oralcam.record.ids import IdSource
    from oralcam.record.patient import PatientContext
    from oralcam.record.picture_quality import PictureQuality
    from oralcam.record.procedure import Procedure
    from oralcam.record.site import Site


@dataclass(frozen=True)
class VisitIds:
    """What the photos of one patient in one visit have in common: one study, one series in it, one order.

    And when it began: an archive wants one date and time of a study, whoever is armed again meanwhile.
    """

    visit_id: str
    study_uid: str
    series_uid: str
    started_at: datetime
    order: Order | None = None

    @classmethod
    def new(
        cls,
        ids: IdSource | None = None,
        order: Order | None = None,
        started_at: datetime | None = None,
    ) -> VisitIds:
        """New ones, of a visit that begins now; the study is the order's where that names one."""
        source = ids or RandomIds()
        study_uid = order.study_uid if order and order.study_uid else new_uid(source)
        return cls(new_record_id(source), study_uid, new_uid(source), started_at or now(), order)

    @classmethod
    def of(cls, record: CaptureRecord) -> VisitIds:
        """Those of a photo, for another one that belongs to it."""
        return cls(
            record.visit_id, record.study_uid, record.series_uid, record.visit_started_at, record.order
        )


def make_record(
    photo: TakenPhoto,
    patient: PatientContext,
    visit: VisitIds,
    *,
    ids: IdSource | None = None,
    record_id: str = "",
    site: Site | None = None,
    reason: str = "",
    procedure: Procedure | None = None,
    operator: str = "",
    orientation: int = 1,
    quality: PictureQuality | None = None,
    date_of_service: date | None = None,
    supersedes: str | None = None,
    history: tuple[Change, ...] = (),
) -> CaptureRecord:
    """The record of `photo`. Raises `InvalidRecord`; one without a time needs `out_of_quarantine`.

    The date of service is the day of the photo in the offset that `taken_at` comes with, unless it is given.
    """
    source = ids or RandomIds()
    if photo.taken_at is None:
        raise InvalidRecord("Nobody knows when the photo was taken; say it, then file it out of quarantine.")
    return CaptureRecord(
        **{one.name: getattr(photo, one.name) for one in fields(TakenPhoto)},
        record_id=record_id or new_record_id(source),
        patient=patient,
        date_of_service=date_of_service or photo.taken_at.date(),
        visit_id=visit.visit_id,
        visit_started_at=visit.started_at,
        study_uid=visit.study_uid,
        series_uid=visit.series_uid,
        sop_uid=new_uid(source),
        order=visit.order,
        site=site,
        reason=reason,
        procedure=procedure,
        operator=operator,
        orientation=orientation,
        quality=quality,
        supersedes=supersedes,
        history=history,
    )
