"""The order that a photo answers: an entry of a worklist."""

from __future__ import annotations

from dataclasses import dataclass

from oralcam.errors import InvalidRecord
from oralcam.record.ids import is_uid
from oralcam.record.plain_text import plain_text

# DICOM's SH holds 16 characters, its LO 64
_LONGEST = {
    "accession_number": 16,
    "requested_procedure_id": 16,
    "scheduled_step_id": 16,
    "description": 64,
    "referring_physician": 64,
}


@dataclass(frozen=True)
class Order:
    """The order of one requested procedure.

    `study_uid` is the study that its results belong to; "" if the study is new.
    """

    accession_number: str = ""
    requested_procedure_id: str = ""
    scheduled_step_id: str = ""
    description: str = ""
    referring_physician: str = ""
    study_uid: str = ""

    def __post_init__(self) -> None:
        for name, longest in _LONGEST.items():
            what = f"The order's {name.replace('_', ' ')}"
            text = plain_text(getattr(self, name), what, InvalidRecord, longest=longest, never="\\")
            object.__setattr__(self, name, text)
        if self.study_uid and not is_uid(self.study_uid):
            raise InvalidRecord("The order's study_uid is not a DICOM UID.")

    def __repr__(self) -> str:
        return "<Order>"
