"""The purpose of a photo: the clinician's reason, and the procedure that it documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from oralcam.errors import InvalidRecord
from oralcam.record.plain_text import plain_text

REASON_LONGEST = 1000  # characters


@dataclass(frozen=True)
class Reason:
    """The clinician's words for why the photo was taken. Raises `InvalidRecord`."""

    text: str

    def __post_init__(self) -> None:
        text = plain_text(self.text, "The reason", InvalidRecord, longest=REASON_LONGEST, required=True)
        object.__setattr__(self, "text", text)

    def __repr__(self) -> str:
        return "<Reason>"


@dataclass(frozen=True)
class Procedure:
    """The procedure that the photo documents: a code of CDT ("D2740"), and our own words for it.

    Raises `InvalidRecord`.
    """

    code: str
    meaning: str = ""

    def __post_init__(self) -> None:
        code = plain_text(self.code, "The procedure's code", InvalidRecord, longest=16).upper()
        if not re.fullmatch(r"D[0-9]{4}", code):
            raise InvalidRecord("A procedure's code is a D and four digits.")
        meaning = plain_text(self.meaning, "The procedure's meaning", InvalidRecord, longest=64, never="\\")
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "meaning", meaning)
