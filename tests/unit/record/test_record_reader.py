"""What is wrong in a record's JSON is refused by the reader and by the schema."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.errors import InvalidRecord, RecordError
from oralcam.record import (
    CaptureRecord,
)
from tests.unit.record.schema_validator import SCHEMA, VALIDATOR
from tests.unit.record.strategies import record, records

MOLAR = {"universal": "14", "iso_3950": "26"}


def _broken() -> list[tuple[str, Any]]:
    return [
        ("record_id", "../../etc/passwd"),
        ("record_id", "ABCDEF00-0000-4000-8000-000000000000"),
        ("visit_id", ""),
        ("study_uid", "2.25.01"),
        ("sop_uid", "2.25." + "1" * 70),
        ("jpeg_sha256", "F" * 64),
        ("jpeg_size", 0),
        ("jpeg_size", 1.5),
        ("jpeg_size", True),
        ("width", 65536),
        ("height", "720"),
        ("orientation", 9),
        ("taken_at", "2026-03-04T12:00:00"),
        ("taken_at", "noon"),
        ("taken_at", None),
        ("taken_at_uncertainty_s", -1),
        ("date_of_service", "2026-03-04T00:00:00+00:00"),
        ("date_of_service", "4.3.2026"),
        ("press_number", 0),
        ("gain", -1),
        ("visit_started_at", None),
        ("visit_started_at", "2026-03-04T12:00:00"),
        ("quality", {}),
        ("quality", "ok"),
        ("quality", {"verdict": "good"}),
        ("quality", {"verdict": "not measured"}),
        ("quality", {"verdict": "ok", "why_not": "The photo cannot be decoded."}),
        ("quality", {"verdict": "ok", "profile_version": -1}),
        ("quality", {"verdict": "ok", "figures": {"fog": "thick"}}),
        ("quality", {"verdict": "warn", "warnings": [""]}),
        ("site", {"area": "tongue_top", "retractor": 1}),
        ("reason", "x" * 1001),
        ("reason", None),
        ("supersedes", "x"),
        ("history", {}),
        ("history", [{}]),
        ("light", {"zones": {"anterior": {"level": 2, "current_ma": 1}}}),
        ("light", {"zones": {"anterior": [1, 2]}}),
        ("device", {}),
        ("patient", {}),
        ("patient", None),
        ("procedure", {"code": "D27400"}),
        ("site", {"teeth": [{"universal": "14", "iso_3950": "14"}], "system": "universal"}),
        ("site", {"teeth": [{"universal": "14"}], "system": "universal"}),
        ("site", {"teeth": ["14"], "system": "universal"}),
        ("site", {"teeth": [MOLAR]}),
        (
            "site",
            {"teeth": [{"universal": "14", "iso_3950": "26"}], "system": "universal", "surfaces": ["I"]},
        ),
        ("site", {}),
        ("order", {"unknown": 1}),
        ("surprise", 1),
        ("schema_version", "1"),
        ("schema_version", 0),
        ("reads_from", 2),
    ]


# What the types refuse and a schema cannot say: which teeth are which, and which surface a tooth has.
BEYOND_A_SCHEMA = {"date_of_service", "site", "reads_from"}


@pytest.mark.parametrize(("field", "value"), _broken())
def test_what_is_wrong_is_refused_by_the_reader_and_by_the_schema(field: str, value: Any) -> None:
    plain = record().to_plain()
    plain[field] = value
    with pytest.raises(RecordError):
        CaptureRecord.from_plain(plain)
    if field not in BEYOND_A_SCHEMA:
        assert not VALIDATOR.is_valid(plain)


@pytest.mark.parametrize("field", SCHEMA["required"])
def test_a_required_field_is_missed(field: str) -> None:
    plain = record().to_plain()
    del plain[field]
    with pytest.raises(InvalidRecord):
        CaptureRecord.from_plain(plain)
    assert not VALIDATOR.is_valid(plain)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "1", '"x"', "[" * 100_000, b"\xff\xfe", "{}", "NaN"])
def test_what_is_no_record_at_all_is_refused(text: str | bytes) -> None:
    with pytest.raises(InvalidRecord):
        CaptureRecord.from_json(text)


def test_numbers_that_json_does_not_have_are_refused() -> None:
    text = (
        record(reason="")
        .to_json()
        .replace('"taken_at_uncertainty_s": 0.002', '"taken_at_uncertainty_s": NaN')
    )
    assert "NaN" in text
    with pytest.raises(InvalidRecord, match="finite"):
        CaptureRecord.from_json(text)
    with pytest.raises(InvalidRecord):
        dataclasses.replace(record(), taken_at_uncertainty_s=float("nan"))


@settings(max_examples=30)
@given(data=st.data(), made=records)
def test_one_field_gone_wrong_is_refused_or_is_another_sound_record(
    data: st.DataObject, made: CaptureRecord
) -> None:
    plain = made.to_plain()
    name = data.draw(st.sampled_from(sorted(plain)))
    plain[name] = data.draw(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text()
        | st.lists(st.integers(), max_size=2)
    )
    try:
        read = CaptureRecord.from_plain(plain)
    except RecordError:
        return
    assert CaptureRecord.from_json(read.to_json()) == read
