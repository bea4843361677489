"""Whose photos these are: one patient, armed by a person, for a while."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum

from oralcam.errors import InvalidPatient
from oralcam.record.plain_text import plain_text
from oralcam.record.timestamps import now, settled

ID_LONGEST = 64  # characters; DICOM's LO, as in PatientID
NAME_LONGEST = 64  # characters of one writing of a name with all its parts; DICOM's PN
OLDEST_YEARS = 130
SEXES = ("", "M", "F", "O")  # DICOM's PatientSex
DELIMITERS = "\\^="  # between values, and between the parts and the writings of a name


class Source(Enum):
    """Where the patient's identity came from."""

    WORKLIST = "worklist"
    PRACTICE_SYSTEM = "practice_system"
    BRIDGE_FILE = "bridge_file"
    TYPED = "typed"


@dataclass(frozen=True)
class OtherId:
    """An id that another system has for the same person."""

    patient_id: str
    issuer: str

    def __post_init__(self) -> None:
        for name in ("patient_id", "issuer"):
            object.__setattr__(self, name, _id(getattr(self, name), f"The other id's {name}"))

    def __repr__(self) -> str:
        return "<OtherId>"


@dataclass(frozen=True, kw_only=True, repr=False)
class PatientContext:
    """A patient as armed. Raises `InvalidPatient`, whose text never holds what was given.

    `issuer` says which system gave `patient_id`: equal ids of two practices are two patients. `expires_at`
    ends the arming by itself; None means that it lasts until somebody disarms. `character_set_declared` is
    False where the source did not say how its names are encoded: they may read wrong. A name may stand in
    ideographs and in phonetic writing too. `barrier_changed` and `consent` are what the operator
    acknowledged; they are None and "" if the operator was not asked.

    Its `repr` says nothing about the patient; `label` is for the people in the room.
    """

    patient_id: str
    issuer: str
    family_name: str
    given_name: str
    birth_date: date | None
    source: Source
    sex: str = ""
    armed_at: datetime = field(default_factory=now)
    expires_at: datetime | None = None
    character_set_declared: bool = True
    middle_name: str = ""
    name_prefix: str = ""
    name_suffix: str = ""
    family_name_ideographic: str = ""
    given_name_ideographic: str = ""
    family_name_phonetic: str = ""
    given_name_phonetic: str = ""
    other_ids: tuple[OtherId, ...] = ()
    barrier_changed: bool | None = None
    consent: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "patient_id", _id(self.patient_id, "The patient's id"))
        object.__setattr__(self, "issuer", _id(self.issuer, "The issuer of the patient's id"))
        for name in _NAMES:
            object.__setattr__(
                self, name, _name(getattr(self, name), f"The patient's {name.replace('_', ' ')}")
            )
        object.__setattr__(
            self, "consent", plain_text(self.consent, "The note on consent", InvalidPatient, longest=1000)
        )
        object.__setattr__(self, "other_ids", tuple(self.other_ids))
        for writing in (_NAMES[:5], _NAMES[5:7], _NAMES[7:]):
            if len("^".join(getattr(self, name) for name in writing).rstrip("^")) > NAME_LONGEST:
                raise InvalidPatient(
                    f"The parts of the patient's name have more than {NAME_LONGEST} characters together."
                )
        if not (self.family_name or self.given_name):
            raise InvalidPatient("The patient has no name; give the family name, the given name, or both.")
        if self.sex not in SEXES:
            raise InvalidPatient("The patient's sex is M, F, O (other) or empty (not known).")
        self._check_dates()

    def _check_dates(self) -> None:
        object.__setattr__(self, "armed_at", settled(self.armed_at, "armed_at", InvalidPatient))
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", settled(self.expires_at, "expires_at", InvalidPatient))
            if self.expires_at <= self.armed_at:
                raise InvalidPatient("The arming would expire before it begins.")
        if self.birth_date is None:
            return
        if isinstance(self.birth_date, datetime) or not isinstance(self.birth_date, date):
            raise InvalidPatient("The patient's birth date is not a date.")
        today = self.armed_at.date()
        if (self.birth_date - today).days > 1:  # one day: born just now, east of here
            raise InvalidPatient("The patient's birth date lies in the future.")
        if self.birth_date.year < today.year - OLDEST_YEARS:
            raise InvalidPatient(
                f"The patient would be more than {OLDEST_YEARS} years old by the birth date."
            )

    @property
    def identity(self) -> tuple[str, str, date | None]:
        """What tells patients apart: issuer, id and birth date.

        The name is no part of it: two people may share one.
        """
        return (self.issuer, self.patient_id, self.birth_date)

    def is_same_patient(self, other: PatientContext) -> bool:
        """Tell whether this is surely the same person.

        A birth date that only one of the two knows leaves it open: False.
        """
        return self.identity == other.identity

    @property
    def label(self) -> str:
        """The patient for people: name, birth date, id and its issuer, which tell apart two of one name."""
        name = ", ".join(part for part in (self.family_name, self.given_name) if part)
        ideographic = " ".join(
            part for part in (self.family_name_ideographic, self.given_name_ideographic) if part
        )
        born = f"born {self.birth_date.isoformat()}" if self.birth_date else "birth date not known"
        doubt = "" if self.character_set_declared else "; the name may read wrong"
        return (
            f"{name}{f' ({ideographic})' if ideographic else ''}, {born}, "
            f"{self.patient_id} at {self.issuer}{doubt}"
        )

    def armed_again(self, at: datetime, time_to_live: timedelta | None = None) -> PatientContext:
        """Return the same patient, armed at another moment.

        The arming expires after `time_to_live`; None means never.
        """
        return replace(self, armed_at=at, expires_at=None if time_to_live is None else at + time_to_live)

    def __repr__(self) -> str:
        return f"<PatientContext from {self.source.value}>"


_NAMES = (
    "family_name",
    "given_name",
    "middle_name",
    "name_prefix",
    "name_suffix",
    "family_name_ideographic",
    "given_name_ideographic",
    "family_name_phonetic",
    "given_name_phonetic",
)


def _id(text: str, what: str) -> str:
    return plain_text(text, what, InvalidPatient, longest=ID_LONGEST, required=True, never="\\")


def _name(text: str, what: str) -> str:
    return plain_text(text, what, InvalidPatient, longest=NAME_LONGEST, never=DELIMITERS)
