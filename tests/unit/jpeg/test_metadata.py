"""What may be said of a photo, and what is refused at the door."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.errors import InvalidMetadata, RecordError
from oralcam.jpeg import FIELDS, LightZone, PhotoMetadata, Privacy, read, tag
from oralcam.jpeg.fields import Kind
from tests.unit.jpeg.pictures import chroma

TAKEN = datetime(2026, 11, 24, 10, 11, 12, 345678, timezone(timedelta(hours=-3, minutes=-30)))
WHOLE = PhotoMetadata(
    taken_at=TAKEN,
    taken_at_uncertainty_s=0.002,
    orientation=6,
    make="oralcam",
    model="One",
    software="oralcam 0.1.0",
    body_serial_number="OC-000123",
    image_unique_id="0123456789abcdef0123456789abcdef",
    exposure_s=0.0125,
    iso=200,
    gain=1.75,
    family_name="Müller",
    given_name="Zoë",
    description="Tooth 14 (Universal), occlusal: <crack> & 'stain' \"山田\"\nsecond line\ttab",
    patient_id="P-0001",
    patient_id_issuer="practice",
    date_of_service=date(2026, 11, 24),
    tooth_system="universal",
    teeth=("14", "15"),
    surfaces=("M", "O"),
    area="upper right",
    view="occlusal",
    mirror="uncorrected",
    reason="fractured cusp",
    procedure_code="D2740",
    procedure_meaning="crown",
    record_id="3f2b",
    capture_id="OC-000123-000007",
    original_sha256="ab" * 32,
    light=(LightZone("anterior", 0.5, 12.5), LightZone("posterior_left", 1.0, 80.0)),
    operator="DA 1",
)
TEXTS = [each for each in FIELDS if each.kind in (Kind.LINE, Kind.TEXT)]
PLANTED = "Zebedaeus"


def said_so(name: str, value: Any) -> PhotoMetadata:
    """With one field."""
    return PhotoMetadata(**{name: value})


def test_the_table_has_every_field_once() -> None:
    assert sorted(each.name for each in FIELDS) == sorted(each.name for each in fields(PhotoMetadata))


def test_the_example_has_every_field() -> None:
    empty = PhotoMetadata()
    assert [each.name for each in FIELDS if getattr(WHOLE, each.name) == getattr(empty, each.name)] == []


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe", "\u202e", "\u2028"]
)
def test_characters_that_no_name_holds_are_refused(field, character: str) -> None:
    with pytest.raises(InvalidMetadata, match=f"`{field.name}` holds the character U\\+{ord(character):04X}"):
        said_so(field.name, f"a{character}b")


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_a_text_of_ten_kilobytes_is_refused_with_its_limit(field) -> None:
    with pytest.raises(
        InvalidMetadata, match=f"`{field.name}` has 10,000 characters; at most {field.longest:,} fit"
    ):
        said_so(field.name, "x" * 10_000)
    assert said_so(field.name, "x" * field.longest)


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_only_texts_for_people_have_lines(field) -> None:
    if field.kind is Kind.TEXT:
        assert getattr(said_so(field.name, "a\r\nb\rc\td"), field.name) == "a\nb\nc\td"
    else:
        with pytest.raises(InvalidMetadata, match="U\\+000A"):
            said_so(field.name, "a\nb")


@pytest.mark.parametrize(
    "name",
    [
        "Zoë",
        "Müller",
        "山田",
        "O'Brien-Smith",
        "ياسمين",
        "नेहा",
        "Ng\u0323",
        "می\u200cخواهم",
        "𠮷野",
        "Éloïse  d'Été",
    ],
)
def test_names_of_people_are_fit(name: str) -> None:
    assert read(tag(chroma("4:2:2"), PhotoMetadata(family_name=name, given_name=name))).family_name == name


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"taken_at": datetime(2026, 1, 1)}, "no UTC offset"),
        ({"taken_at": datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=90)))}, "has seconds"),
        ({"orientation": 0}, "1 to 8"),
        ({"orientation": 9}, "1 to 8"),
        ({"exposure_s": 0.0}, "`exposure_s` must be a number"),
        ({"exposure_s": math.inf}, "`exposure_s` must be a number"),
        ({"gain": math.nan}, "`gain` must be a number"),
        ({"gain": -1.0}, "`gain` must be a number"),
        ({"iso": 0}, "`iso` must be a number"),
        ({"iso": 65535}, "`iso` must be a number"),
        ({"iso": 100.5}, "`iso` must be a whole number"),
        ({"teeth": "14"}, "`teeth` must be a tuple"),
        ({"teeth": ("1",) * 65}, "at most 64"),
        ({"teeth": ("",)}, "is empty"),
        ({"teeth": ("x" * 17,)}, "at most 16"),
        ({"surfaces": ("M\0",)}, "U\\+0000"),
        ({"light": (LightZone("x" * 33, 1, 1),)}, "at most 32"),
        ({"light": (LightZone("x", 1.1, 1),)}, "`light` must be a number"),
        ({"light": (LightZone("x", 1, math.nan),)}, "`light` must be a number"),
        ({"family_name": None}, "`family_name` must be a text"),
    ],
)  # fmt: skip
def test_values_that_cannot_be_are_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidMetadata, match=words):
        PhotoMetadata(**wrong)


def test_what_is_refused_is_not_repeated() -> None:
    for field in TEXTS:
        for value in (PLANTED + "\0", PLANTED * 1000):
            with pytest.raises(RecordError) as refused:
                said_so(field.name, value)
            assert PLANTED not in str(refused.value)
            assert PLANTED not in repr(refused.value.__cause__) + repr(refused.value.__context__)


def test_repr_shows_nothing_of_the_patient() -> None:
    patient = (
        "family_name",
        "given_name",
        "description",
        "patient_id",
        "patient_id_issuer",
        "reason",
        "operator",
    )
    planted: dict[str, Any] = dict.fromkeys(patient, PLANTED)
    shown = repr(replace(WHOLE, **planted, date_of_service=date(1907, 3, 5)))
    assert PLANTED not in shown
    assert "1907" not in shown
    assert "OC-000123" in shown


def test_the_longest_metadata_fit_into_a_segment() -> None:
    texts: dict[str, Any] = {each.name: "&" * each.longest for each in TEXTS}
    most = replace(
        WHOLE,
        **texts,
        teeth=("&" * 16,) * 64,
        surfaces=("&" * 16,) * 64,
        light=(LightZone("&" * 32, 0.1234567890123456, 999999.1234567891),) * 64,
    )
    assert read(tag(chroma("4:2:2"), most)) == most


characters = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Cf"))
lines = st.text(characters, max_size=30)
texts = st.text(st.one_of(characters, st.sampled_from("\n\t<>&\"']]>")), max_size=60)
words = st.lists(st.text(characters, min_size=1, max_size=8), max_size=4).map(tuple)
moments = st.datetimes(
    min_value=datetime(1000, 1, 1),
    timezones=st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
numbers = st.floats(0, 1e9, allow_nan=False).map(abs)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.LINE: lines,
    Kind.TEXT: texts,
    Kind.WORDS: words,
    Kind.NUMBER: st.none() | numbers,
    Kind.DATE: st.none() | st.dates(),
    Kind.MOMENT: st.none() | moments,
    Kind.ORIENTATION: st.integers(1, 8),
    Kind.EXPOSURE: st.none() | st.integers(1, 4_000_000_000).map(lambda us: us / 1_000_000),
    Kind.ISO: st.none() | st.integers(1, 65534),
    Kind.LIGHT: st.lists(
        st.builds(LightZone, lines, st.floats(0, 1).map(abs), st.floats(0, 1e6).map(abs)), max_size=3
    ).map(tuple),
}
metadata = st.fixed_dictionaries({each.name: VALUES[each.kind] for each in FIELDS}).map(
    lambda values: PhotoMetadata(**values)
)


@settings(max_examples=150, deadline=None)
@given(metadata, st.sampled_from(Privacy))
def test_what_is_written_is_read(said: PhotoMetadata, privacy: Privacy) -> None:
    assert read(tag(chroma("4:2:2"), said, privacy)) == said.at(privacy)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=150))
def test_any_text_is_refused_or_read_back(text: str) -> None:
    try:
        said = PhotoMetadata(family_name=text, description=text)
    except InvalidMetadata:
        return
    assert read(tag(chroma("4:2:2"), said)) == said
