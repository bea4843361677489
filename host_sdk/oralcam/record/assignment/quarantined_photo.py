"""A photo that nobody can assign for sure, with all that is known of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oralcam.errors import InvalidRecord
from oralcam.record import json_form
from oralcam.record.assignment.doubt import Doubt
from oralcam.record.ids import is_record_id
from oralcam.record.patient import PatientContext
from oralcam.record.plain_text import check
from oralcam.record.taken_photo import TakenPhoto
from oralcam.record.timestamps import settled

QUARANTINE_VERSION = 1


@dataclass(frozen=True, repr=False)
class QuarantinedPhoto:
    """One photo in quarantine. `record_id` becomes its record's when a person files it.

    Raises `InvalidRecord`. `candidates` are the patients that it may belong to, the likeliest first; it may
    belong to somebody else.
    """

    record_id: str
    photo: TakenPhoto
    doubt: Doubt
    candidates: tuple[PatientContext, ...]
    arrived_at: datetime
    schema_version: int = QUARANTINE_VERSION

    def __post_init__(self) -> None:
        check((is_record_id(self.record_id), "record_id is not a UUID"))
        object.__setattr__(self, "arrived_at", settled(self.arrived_at, "arrived_at"))

    def to_json(self) -> str:
        """Return the entry as text, one field a line."""
        return json.dumps(json_form.to_plain(self), ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> QuarantinedPhoto:
        """Read an entry.

        Raises `InvalidRecord`, whose text says where it is wrong and never what stands there.
        """
        try:
            plain: Any = json.loads(text)
        except (ValueError, RecursionError):
            raise InvalidRecord("What is in quarantine is not JSON.") from None  # its text stays out
        if isinstance(plain, dict) and plain.get("schema_version") != QUARANTINE_VERSION:
            raise InvalidRecord("Another version wrote what is in quarantine; update oralcam to read it.")
        photo = json_form.from_plain(cls, plain, "quarantine")
        assert isinstance(photo, cls)
        return photo

    def __repr__(self) -> str:
        return f"<QuarantinedPhoto {self.record_id}: {self.doubt.value}>"
