"""The changes of a record after it was made. Nothing that stood there is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from oralcam.errors import InvalidRecord
from oralcam.record.mouth.site import Site
from oralcam.record.order import Order
from oralcam.record.patient import PatientContext
from oralcam.record.plain_text import plain_text
from oralcam.record.procedure import Procedure
from oralcam.record.timestamps import settled


class Correction(Enum):
    """The kind of a change."""

    FILED = "filed"  # out of quarantine, by a person
    RELINKED = "relinked"  # to another patient
    SITE = "site"
    REASON = "reason"
    PROCEDURE = "procedure"
    ORIENTATION = "orientation"


@dataclass(frozen=True, repr=False)
class Change:
    """One change of a record: when, by whom, which and why; and what stood there before it."""

    at: datetime
    who: str
    what: Correction
    why: str
    patient_before: PatientContext | None = None
    visit_id_before: str = ""
    study_uid_before: str = ""
    series_uid_before: str = ""
    sop_uid_before: str = ""
    site_before: Site | None = None
    reason_before: str = ""
    procedure_before: Procedure | None = None
    order_before: Order | None = None
    orientation_before: int | None = None
    visit_started_at_before: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", settled(self.at, "A change's moment"))
        if self.visit_started_at_before is not None:
            before = settled(self.visit_started_at_before, "visit_started_at_before")
            object.__setattr__(self, "visit_started_at_before", before)
        who = plain_text(self.who, "Who makes the change", InvalidRecord, longest=64, required=True)
        why = plain_text(self.why, "The reason for the change", InvalidRecord, longest=1000)
        if self.what in (Correction.FILED, Correction.RELINKED) and not why:
            raise InvalidRecord("Say why the photo belongs to this patient; the record keeps it.")
        object.__setattr__(self, "who", who)
        object.__setattr__(self, "why", why)

    def __repr__(self) -> str:
        return f"<Change {self.what.value} at {self.at.isoformat(timespec='seconds')}>"
