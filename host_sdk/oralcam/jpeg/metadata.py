"""`PhotoMetadata`: the data that is written into a photo and read back from it, checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import timedelta

from oralcam.errors import InvalidMetadata
from oralcam.jpeg.fields import FIELDS, Kind, Privacy
from oralcam.jpeg.text import require_fit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

MOST_WORDS = 64  # teeth, surfaces, light zones
LONGEST_EXPOSURE_S = 4000.0  # EXIF counts microseconds in 32 bits


@dataclass(frozen=True)
class LightZone:
    """A light zone that was on: level 0..1, current in mA."""

    zone: str
    level: float
    current_ma: float


@dataclass(frozen=True)
class PhotoMetadata:
    """Everything that a tagged photo can say of itself; empty, None or () is not written.

    `taken_at` has an offset (whole minutes). `orientation` is EXIF's 1..8, `exposure_s` is kept to the
    microsecond. `gain` is a factor, `iso` what EXIF calls PhotographicSensitivity. The ends of lines in
    `description` and `reason` become "\\n". Raises `InvalidMetadata`, which names the field, never its value;
    `repr` shows nothing of the patient.
    """

    taken_at: datetime | None = None
    taken_at_uncertainty_s: float | None = None
    orientation: int = 1
    make: str = ""
    model: str = ""
    software: str = ""
    body_serial_number: str = ""
    image_unique_id: str = ""
    exposure_s: float | None = None
    iso: int | None = None
    gain: float | None = None
    family_name: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    patient_id: str = field(default="", repr=False)
    patient_id_issuer: str = field(default="", repr=False)
    date_of_service: date | None = field(default=None, repr=False)
    tooth_system: str = ""
    teeth: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    area: str = ""
    view: str = ""
    mirror: str = ""
    reason: str = field(default="", repr=False)
    procedure_code: str = ""
    procedure_meaning: str = ""
    record_id: str = ""
    capture_id: str = ""
    original_sha256: str = ""
    light: tuple[LightZone, ...] = ()
    operator: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        for each in FIELDS:
            value = getattr(self, each.name)
            if each.kind is Kind.TEXT and isinstance(value, str):
                object.__setattr__(self, each.name, value.replace("\r\n", "\n").replace("\r", "\n"))
        for each in FIELDS:
            _require(each.name, each.kind, each.longest, getattr(self, each.name))

    @property
    def person(self) -> str:
        """The patient's name as people say it."""
        return " ".join(name for name in (self.given_name, self.family_name) if name)

    def at(self, privacy: Privacy) -> PhotoMetadata:
        """Return the metadata with only those fields that are written at this level of privacy."""
        kept = {each.name for each in FIELDS if each.privacy <= privacy}
        hidden: dict[str, Any] = {each.name: each.default for each in fields(self) if each.name not in kept}
        return replace(self, **hidden)


def _require(name: str, kind: Kind, longest: int, value: Any) -> None:
    if kind in (Kind.LINE, Kind.TEXT):
        require_fit(name, value, longest, lines=kind is Kind.TEXT)
    elif kind is Kind.WORDS:
        for word in _at_most(name, value):
            require_fit(name, word, longest)
            if not word:
                raise InvalidMetadata(f"One of `{name}` is empty; leave it out.")
    elif kind is Kind.LIGHT:
        for zone in _at_most(name, value):
            require_fit(name, zone.zone, longest)
            _number(name, zone.level, 0, 1)
            _number(name, zone.current_ma, 0, 1e6)
    elif kind is Kind.MOMENT and value is not None:
        offset = value.utcoffset()
        if offset is None:
            raise InvalidMetadata(f"`{name}` has no UTC offset; say it, for example by value.astimezone().")
        if offset % timedelta(minutes=1):
            raise InvalidMetadata(f"The UTC offset of `{name}` has seconds, which EXIF cannot say.")
    elif kind is Kind.ORIENTATION:
        if value not in range(1, 9):
            raise InvalidMetadata(f"`{name}` must be 1 to 8, as EXIF counts; 1 is upright.")
    elif kind is Kind.EXPOSURE and value is not None:
        _number(name, value, 1e-6, LONGEST_EXPOSURE_S)
    elif kind is Kind.ISO and value is not None:
        if value != int(value):
            raise InvalidMetadata(f"`{name}` must be a whole number.")
        _number(name, value, 1, 65534)
    elif kind is Kind.NUMBER and value is not None:
        _number(name, value, 0, 1e9)


def _at_most(name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    if isinstance(values, str) or len(values) > MOST_WORDS:
        raise InvalidMetadata(f"`{name}` must be a tuple of at most {MOST_WORDS}.")
    return values


def _number(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:  # nor for "not a number"
        raise InvalidMetadata(f"`{name}` must be a number from {least:g} to {most:g}.")
