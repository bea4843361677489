"""The record: immutable, the same after a round trip, strict at the door, readable by its schema."""

from __future__ import annotations

import copy
import dataclasses
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oralcam.record
from oralcam.errors import InvalidRecord, RecordError
from oralcam.record import (
    CaptureRecord,
    Change,
    PatientContext,
    PictureQuality,
    Procedure,
    Reason,
    Site,
    Verdict,
    VisitIds,
    json_form,
)
from oralcam.record.capture_record import SCHEMA_VERSION
from oralcam.record.corrections import relinked, with_orientation, with_procedure, with_reason, with_site
from tests.unit.record.strategies import NOON, CountingIds, patient, record, records

SCHEMA = json.loads(Path(oralcam.record.__file__).with_name("schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FIRST = Path(__file__).with_name("record_version_1.json")


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


# -- corrections -----------------------------------------------------------------------------------------


def test_another_patient_takes_the_photo_into_a_study_of_its_own_and_nothing_is_forgotten() -> None:
    made = record()
    moved = relinked(made, patient(2), who="Dr A", why="chosen by mistake", at=NOON, ids=CountingIds())
    assert moved.patient == patient(2)
    assert moved.record_id == made.record_id
    assert moved.jpeg_sha256 == made.jpeg_sha256
    assert not {moved.study_uid, moved.series_uid, moved.sop_uid} & {
        made.study_uid,
        made.series_uid,
        made.sop_uid,
    }
    (change,) = moved.history
    assert (change.who, change.why, change.at) == ("Dr A", "chosen by mistake", NOON)
    assert change.patient_before == made.patient
    assert change.study_uid_before == made.study_uid
    back = relinked(moved, made.patient, who="Dr A", why="it was right")
    assert [one.patient_before for one in back.history] == [made.patient, patient(2)]
    assert CaptureRecord.from_json(back.to_json()) == back


@pytest.mark.parametrize(("who", "why"), [("", "because"), ("Dr A", ""), ("Dr A", "  ")])
def test_nobody_moves_a_photo_without_a_name_and_a_reason(who: str, why: str) -> None:
    with pytest.raises(InvalidRecord):
        relinked(record(), patient(2), who=who, why=why)
    with pytest.raises(InvalidRecord, match="already"):
        relinked(record(), patient(), who="Dr A", why="because")


def test_site_and_reason_may_come_after_the_press_and_give_a_new_object() -> None:
    made = record()
    site = Site.parse("upper arch")
    placed = with_site(made, site, who="Dr A")
    told = with_reason(placed, "Erosion", who="Dr A")
    turned = with_orientation(told, 6, who="Dr A")
    assert (turned.site, turned.reason, turned.orientation) == (site, "Erosion", 6)
    crown = Procedure("D2740", "crown")
    linked = with_procedure(with_procedure(turned, crown, who="Dr A"), None, who="Dr A", why="not done")
    assert linked.procedure is None
    assert [change.procedure_before for change in linked.history[-2:]] == [None, crown]
    assert len({made.sop_uid, placed.sop_uid, told.sop_uid, turned.sop_uid}) == 4
    assert turned.study_uid == made.study_uid
    assert [change.sop_uid_before for change in turned.history] == [
        made.sop_uid,
        placed.sop_uid,
        told.sop_uid,
    ]
    assert turned.history[2].orientation_before == 1


def test_a_photo_that_moves_to_another_visit_has_its_begin_and_remembers_the_old_one() -> None:
    made = record()
    joined = VisitIds.new(started_at=NOON + timedelta(hours=3))
    moved = relinked(made, patient(2), who="Dr A", why="wrong chart", visit=joined)
    assert moved.visit_started_at == joined.started_at
    assert moved.history[-1].visit_started_at_before == made.visit_started_at
    alone = relinked(made, patient(2), who="Dr A", why="wrong chart")
    assert alone.visit_started_at == made.taken_at
    assert VisitIds.of(moved) == joined


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
