"""One answer of a worklist as a patient and an order.

Its texts are decoded with the character set it names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from oralcam.errors import RecordError
from oralcam.record import Order, PatientContext, Source
from oralcam.record.ids import is_uid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pydicom.dataset import Dataset
    from pydicom.valuerep import PersonName

__all__ = ["WorklistEntry"]

ESCAPE = 0x1B  # begins a change of character set; ASCII knows none


@dataclass(frozen=True)
class WorklistEntry:
    """A patient who is expected, for what, where and when.

    The time is the server's local time: DICOM gives no offset.
    """

    patient: PatientContext
    order: Order
    scheduled_at: datetime | None = None
    station: str = ""
    modality: str = ""

    def __repr__(self) -> str:
        return "<WorklistEntry>"


def entry_of(answer: Dataset | None, issuer: str, armed_at: datetime) -> WorklistEntry | str:
    """Return the entry, or a sentence why the answer is of no use; it never repeats the answer."""
    if answer is None:
        return "An entry could not be decoded."
    try:
        return _Answer(answer).entry(issuer, armed_at)
    except RecordError as error:
        return f"An entry is of no use: {error}"
    except (ValueError, TypeError, AttributeError, LookupError, UnicodeError):
        return "An entry is not as DICOM wants it."


class _Answer:
    """The raw values of an answer.

    pydicom would decode names before one could see that no character set was named.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._encodings, self.declared = _encodings(dataset)

    def entry(self, issuer: str, armed_at: datetime) -> WorklistEntry:
        """Return the entry. Raise what `entry_of` turns into sentences."""
        steps = self._dataset.get("ScheduledProcedureStepSequence")
        step = steps[0] if steps else None
        study_uid = self._text("StudyInstanceUID")
        order = Order(
            accession_number=self._text("AccessionNumber"),
            requested_procedure_id=self._text("RequestedProcedureID"),
            scheduled_step_id=self._text("ScheduledProcedureStepID", step),
            description=self._text("RequestedProcedureDescription")
            or self._text("ScheduledProcedureStepDescription", step),
            referring_physician=_plain_name(self._name("ReferringPhysicianName")),
            study_uid=study_uid if is_uid(study_uid) else "",
        )
        return WorklistEntry(
            self._patient(issuer, armed_at),
            order,
            _moment(
                self._text("ScheduledProcedureStepStartDate", step),
                self._text("ScheduledProcedureStepStartTime", step),
            ),
            self._text("ScheduledStationAETitle", step),
            self._text("Modality", step),
        )

    def _patient(self, issuer: str, armed_at: datetime) -> PatientContext:
        name = self._name("PatientName")
        ideographic, phonetic = _two(name.ideographic), _two(name.phonetic)
        sex = self._text("PatientSex").upper()
        return PatientContext(
            patient_id=self._text("PatientID"),
            issuer=self._text("IssuerOfPatientID") or issuer,
            family_name=name.family_name,
            given_name=name.given_name,
            middle_name=name.middle_name,
            name_prefix=name.name_prefix,
            name_suffix=name.name_suffix,
            family_name_ideographic=ideographic[0],
            given_name_ideographic=ideographic[1],
            family_name_phonetic=phonetic[0],
            given_name_phonetic=phonetic[1],
            birth_date=_day(self._text("PatientBirthDate")),
            sex=sex if sex in ("M", "F", "O") else "",
            source=Source.WORKLIST,
            armed_at=armed_at,
            character_set_declared=self.declared,
        )

    def _text(self, keyword: str, dataset: Dataset | None = None) -> str:
        from pydicom.charset import decode_bytes
        from pydicom.valuerep import TEXT_VR_DELIMS

        raw = _raw(self._dataset if dataset is None else dataset, keyword)
        return decode_bytes(raw, self._encodings, TEXT_VR_DELIMS).strip(" \0")

    def _name(self, keyword: str) -> PersonName:
        from pydicom.valuerep import PersonName

        return PersonName(_raw(self._dataset, keyword).rstrip(b" \0"), self._encodings)


def _raw(dataset: Dataset, keyword: str) -> bytes:
    from pydicom.datadict import tag_for_keyword

    element = dataset.get_item(tag_for_keyword(keyword) or 0)
    value = element.value if element is not None else None
    if value is None:
        return b""
    return value if isinstance(value, bytes) else str(value).encode("utf-8")


def _encodings(dataset: Dataset) -> tuple[list[str], bool]:
    """Return Python's names of the character sets, and whether the answer names them.

    An answer that names none is in ASCII (PS3.3 section C.12.1.1.2). One that names none and is not in ASCII
    is read as UTF-8 if that is possible, else as Latin-1: a guess, which is flagged.
    """
    from pydicom.charset import convert_encodings

    named = _raw(dataset, "SpecificCharacterSet").decode("ascii", "replace").strip(" \0")
    if named:
        known = [one.strip() for one in named.split("\\")]
        if all(_is_known(one) for one in known):
            return list(convert_encodings(known)), True
    texts = b"".join(_raw(dataset, keyword) for keyword in _TEXTS)
    if not named and all(byte < 0x80 and byte != ESCAPE for byte in texts):
        return list(convert_encodings(["ISO_IR 6"])), True
    try:
        texts.decode("utf-8")
    except UnicodeDecodeError:
        return list(convert_encodings(["ISO_IR 100"])), False
    return list(convert_encodings(["ISO_IR 192"])), False


_TEXTS = (
    "PatientName",
    "PatientID",
    "IssuerOfPatientID",
    "RequestedProcedureDescription",
    "ReferringPhysicianName",
)


def _is_known(name: str) -> bool:
    from pydicom.charset import python_encoding

    return name in python_encoding


def _two(writing: str) -> tuple[str, str]:
    family, _, rest = writing.partition("^")
    return family, rest.partition("^")[0]


def _plain_name(name: PersonName) -> str:
    """Return family name and what follows, as PN writes it. A name that is too long loses its last parts."""
    parts = [name.family_name, name.given_name, name.middle_name, name.name_prefix, name.name_suffix]
    while parts and (not parts[-1] or len("^".join(parts)) > 64):
        parts.pop()
    return "^".join(parts)


def _day(text: str) -> date | None:
    """Return the date in a DA, also as it was written before 1993; None if there is none or it is no date."""
    match = re.fullmatch(r"(\d{4})\.?(\d{2})\.?(\d{2})", text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _moment(day: str, hour: str) -> datetime | None:
    on = _day(day)
    match = re.match(r"(\d{2}):?(\d{2})?:?(\d{2})?", hour)
    if on is None:
        return None
    try:
        hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        at = time(hours, minutes, seconds)
    except ValueError:
        at = time()
    return datetime.combine(on, at)
