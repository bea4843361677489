"""The record of one photo: whose it is, of what, why, when, with what, and the SHA-256 of its bytes.

Everything else (a tagged JPEG, a DICOM object, a line in a chart) is made from it and can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from oralcam.errors import InvalidRecord
from oralcam.record import json_form
from oralcam.record.device import Device, Light
from oralcam.record.history import Change
from oralcam.record.ids import RandomIds, is_record_id, is_uid, new_record_id, new_uid
from oralcam.record.mouth.site import Site
from oralcam.record.order import Order
from oralcam.record.patient import PatientContext
from oralcam.record.picture_quality import PictureQuality
from oralcam.record.plain_text import check, plain_text
from oralcam.record.procedure import REASON_LONGEST, Procedure
from oralcam.record.taken_photo import TakenPhoto
from oralcam.record.timestamps import now, settled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.record.ids import IdSource

SCHEMA_VERSION = 1
READS_FROM = 1  # the oldest version whose readers understand what this one writes


@dataclass(frozen=True, kw_only=True, repr=False)
class CaptureRecord:
    """One photo's record. Raises `InvalidRecord` for what cannot be.

    `taken_at` is the middle of the exposure, off by at most `taken_at_uncertainty_s`; `date_of_service` is
    the day where the chair stands. `visit_started_at` is the same in all records of a visit, `quality` None
    if nobody measured it. `orientation` is EXIF's, 1..8: the pixels are never turned. `jpeg_sha256`
    is that of the JPEG as it left the sensor. `supersedes` names the record of the photo that this one is a
    retake of. `newer` holds fields of a later version, which are kept and written back.
    """

    record_id: str
    patient: PatientContext
    capture_id: str
    taken_at: datetime
    taken_at_uncertainty_s: float
    date_of_service: date
    device: Device
    jpeg_sha256: str
    jpeg_size: int
    width: int
    height: int
    visit_id: str
    visit_started_at: datetime
    study_uid: str
    series_uid: str
    sop_uid: str
    site: Site | None = None
    reason: str = ""
    procedure: Procedure | None = None
    order: Order | None = None
    press_number: int | None = None
    pressed_at: datetime | None = None
    light: Light = field(default_factory=Light)
    exposure_us: int | None = None
    gain: float | None = None
    tip_temperature_c: float | None = None
    orientation: int = 1
    quality: PictureQuality | None = None
    operator: str = ""
    supersedes: str | None = None
    history: tuple[Change, ...] = ()
    schema_version: int = SCHEMA_VERSION
    reads_from: int = READS_FROM
    newer: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._tidy()
        check(
            (is_record_id(self.record_id), "record_id is not a UUID"),
            (is_record_id(self.visit_id), "visit_id is not a UUID"),
            (self.supersedes is None or is_record_id(self.supersedes), "supersedes is not a UUID"),
            (self.supersedes != self.record_id, "A photo cannot supersede itself"),
            (is_uid(self.study_uid), "study_uid is not a DICOM UID"),
            (is_uid(self.series_uid), "series_uid is not a DICOM UID"),
            (is_uid(self.sop_uid), "sop_uid is not a DICOM UID"),
            (self.orientation in range(1, 9), "orientation is none of 1 to 8"),
            (not isinstance(self.date_of_service, datetime), "date_of_service is a moment, not a day"),
        )
        taken = self.taken  # which has limits of its own
        for name in ("capture_id", "taken_at", "pressed_at"):
            object.__setattr__(self, name, getattr(taken, name))

    def _tidy(self) -> None:
        for name, longest in (("reason", REASON_LONGEST), ("operator", 64)):
            text = plain_text(getattr(self, name), f"The {name}", InvalidRecord, longest=longest)
            object.__setattr__(self, name, text)
        started = settled(self.visit_started_at, "visit_started_at")
        object.__setattr__(self, "visit_started_at", started)
        object.__setattr__(self, "history", tuple(self.history))
        object.__setattr__(self, "newer", MappingProxyType(dict(self.newer)))

    @property
    def taken(self) -> TakenPhoto:
        """What the camera told, without what people said."""
        return TakenPhoto(**{one.name: getattr(self, one.name) for one in fields(TakenPhoto)})

    def to_json(self) -> str:
        """Return the record as `record/schema.json` says: UTF-8 text with one field a line."""
        return json.dumps(self.to_plain(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    def to_plain(self) -> dict[str, Any]:
        """Return what `to_json` writes, as Python's dicts and lists."""
        plain: dict[str, Any] = json_form.to_plain(self)
        return {**plain, **self.newer}

    @classmethod
    def from_json(cls, text: str | bytes) -> CaptureRecord:
        """Read a record.

        Raises `InvalidRecord`, whose text says where it is wrong and never what stands there. A later version
        may say that this one can read it (`reads_from`): then top-level fields that this version does not
        know are kept. Otherwise they are refused: a misspelt field is lost data.
        """
        try:
            plain = json.loads(text)
        except (ValueError, RecursionError):
            raise InvalidRecord("The record is not JSON.") from None  # its text stays out of the message
        return cls.from_plain(plain)

    @classmethod
    def from_plain(cls, plain: Any) -> CaptureRecord:
        """Read a record from what `json.loads` made, as `from_json` does from text."""
        if not isinstance(plain, dict):
            raise InvalidRecord("The record is not a JSON object.")
        version, reads_from = plain.get("schema_version"), plain.get("reads_from")
        if type(version) is not int or type(reads_from) is not int or not 1 <= reads_from <= version:
            raise InvalidRecord("The record does not say which version of the schema it follows.")
        if reads_from > SCHEMA_VERSION:
            raise InvalidRecord(f"The record is of version {version}; update oralcam to read it.")
        known = {one.name for one in fields(cls) if json_form.kept(one)}
        later = version > SCHEMA_VERSION
        newer = {name: value for name, value in plain.items() if later and name not in known}
        rest = {name: value for name, value in plain.items() if name not in newer}
        record = json_form.from_plain(cls, rest, "record")
        assert isinstance(record, cls)
        if newer:
            object.__setattr__(record, "newer", MappingProxyType(newer))
        return record

    def __repr__(self) -> str:
        return f"<CaptureRecord {self.record_id}>"


@dataclass(frozen=True)
class VisitIds:
    """What the photos of one patient in one visit have in common: one study, one series in it, one order.

    They also share when the visit began: an archive wants one date and time of a study, even if the patient
    is armed a second time meanwhile.
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
        """Return new ids for a visit that begins now; the study is the order's where the order names one."""
        source = ids or RandomIds()
        study_uid = order.study_uid if order and order.study_uid else new_uid(source)
        return cls(new_record_id(source), study_uid, new_uid(source), started_at or now(), order)

    @classmethod
    def of(cls, record: CaptureRecord) -> VisitIds:
        """Return the ids of a photo, for another photo that belongs to the same visit."""
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
    """Make the record of `photo`.

    The date of service is the day of the photo in the offset that `taken_at` comes with, unless it is given.
    Raises `InvalidRecord`; a photo without a time needs `out_of_quarantine`.
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
