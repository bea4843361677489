"""Values of the record for tests: made up, and by hypothesis."""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeVar

from hypothesis import strategies as st

from oralcam.errors import OralcamError
from oralcam.record import (
    Area,
    CaptureRecord,
    Change,
    Correction,
    Device,
    Light,
    Mirror,
    Order,
    OtherId,
    PatientContext,
    PictureQuality,
    Procedure,
    Site,
    Source,
    Surface,
    TakenPhoto,
    Tooth,
    ToothSystem,
    Verdict,
    View,
    VisitIds,
    ZoneLevel,
    make_record,
)
from oralcam.record.mouth.tooth import all_teeth

T = TypeVar("T")
NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=timezone(timedelta(hours=1)))
STARTED = NOON - timedelta(minutes=5)
JPEG = b"\xff\xd8 not looked at here \xff\xd9"


class CountingIds:
    """UUIDs that tests can foresee."""

    def __init__(self) -> None:
        self._next = itertools.count(1)

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=next(self._next), version=4)


def patient(number: int = 1, **other: Any) -> PatientContext:
    values: dict[str, Any] = {
        "patient_id": f"P{number}",
        "issuer": "practice",
        "family_name": "Müller",
        "given_name": "Zoë",
        "birth_date": date(1990, 1, number),
        "source": Source.TYPED,
        "armed_at": NOON,
        **other,
    }
    return PatientContext(**values)


def photo(number: int = 1, jpeg: bytes = JPEG, **other: Any) -> TakenPhoto:
    values: dict[str, Any] = {
        "capture_id": f"EMU-{number:06d}",
        "taken_at": NOON,
        "taken_at_uncertainty_s": 0.002,
        "device": Device("EMU"),
        "jpeg_sha256": hashlib.sha256(jpeg).hexdigest(),
        "jpeg_size": len(jpeg),
        "width": 1280,
        "height": 720,
        "press_number": number,
        **other,
    }
    return TakenPhoto(**values)


def record(number: int = 1, **other: Any) -> CaptureRecord:
    ids = CountingIds()
    for _ in range(10 * number):
        ids.uuid()
    values: dict[str, Any] = {"ids": ids, **other}
    return make_record(photo(number), patient(), VisitIds.new(ids, started_at=STARTED), **values)


# -- by hypothesis ---------------------------------------------------------------------------------------

ZONES = [timezone(timedelta(minutes=minutes)) for minutes in (-570, -480, 0, 60, 345, 840)]
moments = st.datetimes(datetime(2020, 1, 1), datetime(2050, 1, 1), timezones=st.sampled_from(ZONES))
uuids = st.uuids(version=4).map(str)
uids = st.uuids(version=4).map(lambda value: f"2.25.{value.int}")


def texts(longest: int, least: int = 0, never: str = "") -> st.SearchStrategy[str]:
    """What passes at the door, as it stands behind it."""
    import unicodedata

    raw = st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=never + "�‪‫‬‭‮⁦⁧⁨⁩"),
        max_size=longest,
    )
    return raw.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(
        lambda text: least <= len(text) <= longest
    )


def legal(make: Callable[..., T]) -> Callable[[dict[str, object]], T | None]:
    """Only what the type accepts."""

    def tried(values: dict[str, object]) -> T | None:
        try:
            return make(**values)
        except OralcamError:
            return None

    return tried


names = texts(12, never="\\^=")
patients = st.fixed_dictionaries(
    {
        "patient_id": texts(64, 1, "\\"),
        "issuer": texts(20, 1, "\\"),
        "family_name": texts(12, 1, "\\^="),
        "given_name": names,
        "birth_date": st.none() | st.dates(date(1930, 1, 1), date(2020, 1, 1)),
        "source": st.sampled_from(Source),
        "sex": st.sampled_from(["", "M", "F", "O"]),
        "armed_at": moments,
        "character_set_declared": st.booleans(),
        "middle_name": names,
        "family_name_ideographic": names,
        "given_name_phonetic": names,
        "other_ids": st.lists(st.builds(OtherId, texts(64, 1, "\\"), texts(64, 1, "\\")), max_size=2).map(
            tuple
        ),
        "barrier_changed": st.none() | st.booleans(),
        "consent": texts(40),
    }
).map(lambda values: PatientContext(**values))
teeth = st.sampled_from([*all_teeth(), *(Tooth(str(number)) for number in range(51, 83)), Tooth("AS")])
sites = (
    st.fixed_dictionaries(
        {
            "teeth": st.lists(teeth, max_size=4).map(tuple),
            "system": st.sampled_from(ToothSystem),
            "surfaces": st.lists(st.sampled_from(Surface), max_size=3).map(tuple),
            "area": st.none() | st.sampled_from(Area),
            "view": st.none() | st.sampled_from(View),
            "mirror": st.sampled_from(Mirror),
            "retractor": st.booleans(),
        }
    )
    .map(legal(Site))
    .filter(lambda site: site is not None)
)
procedures = st.builds(Procedure, st.from_regex("D[0-9]{4}", fullmatch=True), texts(20, never="\\"))
orders = st.builds(
    Order, texts(16, never="\\"), texts(16, never="\\"), texts(16, never="\\"), texts(20, never="\\")
)
lights = st.builds(
    Light,
    st.dictionaries(
        texts(12, 1),
        st.builds(ZoneLevel, st.floats(0, 1), st.floats(0, 9000)),
        max_size=3,
    ),
)
changes = st.builds(
    Change,
    moments,
    texts(20, 1),
    st.sampled_from(Correction),
    texts(40, 1),
    patient_before=st.none() | patients,
    sop_uid_before=uids | st.just(""),
    site_before=st.none() | sites,
    reason_before=texts(20),
    procedure_before=st.none() | procedures,
    order_before=st.none() | orders,
    orientation_before=st.none() | st.integers(1, 8),
    visit_started_at_before=st.none() | moments,
)
qualities = st.builds(
    PictureQuality,
    st.sampled_from([Verdict.OK, Verdict.WARN, Verdict.FAIL]),
    texts(20),
    st.integers(0, 99),
    st.lists(texts(40, 1), max_size=2).map(tuple),
    st.dictionaries(texts(12, 1), st.none() | st.floats(-1e9, 1e9), max_size=3),
) | st.builds(PictureQuality.unknown, texts(40, 1))
records = st.builds(
    CaptureRecord,
    record_id=uuids,
    patient=patients,
    capture_id=texts(20, 1, "\\"),
    taken_at=moments,
    taken_at_uncertainty_s=st.floats(0, 1e6),
    date_of_service=st.dates(),
    device=st.builds(Device, texts(20, 1, "\\"), model=texts(20, never="\\")),
    jpeg_sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    jpeg_size=st.integers(1, 2**32 - 1),
    width=st.integers(1, 65535),
    height=st.integers(1, 65535),
    visit_id=uuids,
    visit_started_at=moments,
    study_uid=uids,
    series_uid=uids,
    sop_uid=uids,
    site=st.none() | sites,
    reason=texts(100),
    procedure=st.none() | procedures,
    order=st.none() | orders,
    press_number=st.none() | st.integers(1, 2**32 - 1),
    pressed_at=st.none() | moments,
    light=lights,
    exposure_us=st.none() | st.integers(0, 10**6),
    gain=st.none() | st.floats(0, 100),
    tip_temperature_c=st.none() | st.floats(-40, 100),
    orientation=st.integers(1, 8),
    quality=st.none() | qualities,
    operator=texts(20),
    supersedes=st.none() | uuids,
    history=st.lists(changes, max_size=2).map(tuple),
)
