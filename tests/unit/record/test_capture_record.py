"""A record of any version comes back from its JSON; it is a value that cannot be changed."""

from __future__ import annotations

import copy
import dataclasses
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

import oralcam.record
from oralcam.errors import InvalidRecord
from oralcam.record import (
    CaptureRecord,
    Change,
    PatientContext,
    PictureQuality,
    Reason,
    Site,
    Verdict,
    json_form,
)
from oralcam.record.capture_record import SCHEMA_VERSION
from oralcam.record.corrections import with_reason
from tests.unit.record.schema_validator import FIRST, SCHEMA, VALIDATOR
from tests.unit.record.strategies import NOON, CountingIds, patient, record, records


@settings(max_examples=60)
@given(made=records)
def test_every_record_comes_back_from_its_json_and_follows_the_schema(made: CaptureRecord) -> None:
    text = made.to_json()
    assert CaptureRecord.from_json(text) == made
    assert CaptureRecord.from_json(text.encode()).to_json() == text
    VALIDATOR.validate(json.loads(text))


def test_the_schema_is_sound_and_names_the_very_fields_of_the_types() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for kind, where in (
        (CaptureRecord, SCHEMA),
        *((kind, SCHEMA["$defs"][name]) for kind, name in _nested().items()),
    ):
        assert set(where["properties"]) == set(json_form.types_of(kind)), kind
        required = set(json_form.required_of(kind))
        if kind is CaptureRecord:
            required |= {"schema_version", "reads_from"}
        assert set(where["required"]) == required, kind


def _nested() -> dict[Any, str]:
    return {
        PatientContext: "patient",
        oralcam.record.OtherId: "other_id",
        Site: "site",
        oralcam.record.Procedure: "procedure",
        oralcam.record.Order: "order",
        oralcam.record.Device: "device",
        oralcam.record.Light: "light",
        oralcam.record.PictureQuality: "quality",
        Change: "change",
    }


def test_the_first_version_is_read_for_ever() -> None:
    """The file was written by version 1 and is never changed."""
    old = CaptureRecord.from_json(FIRST.read_bytes())
    assert old.patient.family_name == "山田"
    assert old.site is not None
    assert (
        old.site.label == "26 (ISO 3950) MOL, Occlusal projection, in a mirror, uncorrected, with a retractor"
    )
    assert (old.reason, old.orientation, len(old.history)) == ("Riss an der Füllung", 6, 1)
    assert old.quality is not None
    assert (old.quality.verdict, old.quality.figures["sharpness"]) == (Verdict.WARN, 41.5)
    assert json.loads(old.to_json()) == json.loads(FIRST.read_text("utf-8"))


def test_fields_that_have_defaults_may_be_missing_in_an_older_record() -> None:
    plain = {name: value for name, value in record().to_plain().items() if name in SCHEMA["required"]}
    assert CaptureRecord.from_plain(plain) == dataclasses.replace(record(), press_number=None)


def test_what_a_later_version_added_is_kept_if_that_version_says_so() -> None:
    plain = {**record().to_plain(), "schema_version": SCHEMA_VERSION + 1, "colour": {"blue": 0.7}}
    later = CaptureRecord.from_plain(plain)
    assert later.newer == {"colour": {"blue": 0.7}}
    assert json.loads(later.to_json()) == json.loads(json.dumps(plain))
    changed = with_reason(later, "another", who="Dr A", at=NOON, ids=CountingIds())
    assert changed.to_plain()["colour"] == {"blue": 0.7}
    assert VALIDATOR.is_valid(json.loads(later.to_json()))
    for refused in (
        {**plain, "schema_version": SCHEMA_VERSION},  # a misspelt field, not a newer one
        {**plain, "reads_from": SCHEMA_VERSION + 1},
    ):
        with pytest.raises(InvalidRecord):
            CaptureRecord.from_plain(refused)
    nested = copy.deepcopy(plain)
    nested["patient"]["nickname"] = "x"
    with pytest.raises(InvalidRecord):
        CaptureRecord.from_plain(nested)


def test_a_record_cannot_be_changed_in_place() -> None:
    made = record()
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.reason = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        made.light.zones["anterior"] = (1, 2)  # type: ignore[index]
    with pytest.raises(TypeError):
        made.newer["x"] = 1  # type: ignore[index]
    assert len({made, record()}) == 1


def test_its_repr_shows_its_id_alone() -> None:
    made = with_reason(record(), "planted", who="Dr A")
    assert repr(made) == f"<CaptureRecord {made.record_id}>"
    assert "planted" not in repr(made.history)
    assert repr(Reason("planted")) == "<Reason>"


def test_the_day_of_service_is_the_day_where_the_chair_stands() -> None:
    import datetime as dt

    late = dt.datetime(2026, 3, 4, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8)))  # the 5th in UTC
    from tests.unit.record.strategies import photo

    made = oralcam.record.make_record(photo(taken_at=late), patient(), oralcam.record.VisitIds.new())
    assert made.date_of_service == dt.date(2026, 3, 4)


def test_ids_are_uuids_and_uids_are_made_from_them() -> None:
    made = record()
    assert made.record_id != made.visit_id
    assert len({made.study_uid, made.series_uid, made.sop_uid}) == 3
    assert made.sop_uid.startswith("2.25.")
    assert len(made.sop_uid) <= 64
    assert record() == made  # the same source gives the same ids


def test_a_report_of_quality_is_kept_as_it_was_made() -> None:
    finding = {"figure": "exposure_p50", "value": 31.0, "verdict": "warn", "sentence": "It is dark."}
    gray = {"figure": "white_balance", "value": None, "verdict": "not measured", "sentence": ""}
    report = {
        "verdict": "warn",
        "profile": {"name": "general", "version": 3},
        "findings": [finding, gray, {**finding, "figure": "exposure_p95"}],
    }
    quality = PictureQuality.of_report(report)
    assert (quality.verdict, quality.profile, quality.profile_version) == (Verdict.WARN, "general", 3)
    assert quality.warnings == ("It is dark.",)
    assert quality.figures == {"exposure_p50": 31.0, "white_balance": None, "exposure_p95": 31.0}
    with pytest.raises(TypeError):
        quality.figures["fog"] = 1  # type: ignore[index]
    assert hash(dataclasses.replace(record(), quality=quality))
