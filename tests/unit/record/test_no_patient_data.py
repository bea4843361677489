"""Planted names: in no error, no log line, no repr, no file's name, and not in the audit log."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oralcam.errors import OralcamError
from oralcam.record import (
    CaptureRecord,
    Device,
    Doubt,
    HostTime,
    Order,
    OtherId,
    PatientContext,
    Procedure,
    Quarantine,
    Quarantined,
    QuarantinedPhoto,
    Reason,
    RecordStore,
    Site,
    Source,
    Timeline,
    Tooth,
    ToothSystem,
)
from oralcam.record.corrections import relinked, with_reason
from tests.unit.record.strategies import JPEG, NOON, patient, photo, record

NAME, ID, ISSUER, REASON = "Quetzalcoatlus", "ID-71828182845", "Praxis-Eulersheim", "Pulpitis-1618033"
BORN = date(1971, 8, 28)
PLANTED = (NAME, ID, ISSUER, REASON, "Xochimilco", BORN.isoformat())
SECRET = patient(
    1,
    patient_id=ID,
    issuer=ISSUER,
    family_name=NAME,
    given_name="Xochimilco",
    birth_date=BORN,
    consent=NAME,
    other_ids=(OtherId(ID, ISSUER),),
)
WHOLE = record(reason=REASON)
WHOLE = relinked(WHOLE, SECRET, who="Dr A", why=REASON, at=NOON)


def clean(text: str) -> bool:
    return not [planted for planted in PLANTED if planted.lower() in text.lower()]


def told(error: BaseException) -> str:
    """All that a program's log would show of it."""
    return "".join(traceback.format_exception(error))


def plant(path: str, value: Any) -> dict[str, Any]:
    """The whole record as JSON with one thing put wrong."""
    plain: Any = json.loads(WHOLE.to_json())
    *way, last = path.split("/")
    place = plain
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return dict(plain)


# Every door, with a planted name in what is refused.
BAD = f"{NAME}\x00"
LONG = NAME * 800
DOORS: list[Callable[[], object]] = [
    *[lambda field=field: patient(1, **{field: BAD}) for field in ("patient_id", "family_name", "consent")],
    *[lambda field=field: patient(1, **{field: LONG}) for field in ("issuer", "given_name", "name_suffix")],
    lambda: patient(1, birth_date=NAME),
    lambda: patient(1, sex=NAME),
    lambda: patient(1, armed_at=NAME),
    lambda: OtherId(BAD, ISSUER),
    lambda: Reason(BAD),
    lambda: Procedure(NAME),
    lambda: Procedure("D0350", BAD),
    lambda: Order(NAME * 2),
    lambda: Order(study_uid=NAME),
    lambda: Device(BAD),
    lambda: Tooth(NAME),
    *[lambda system=system: Tooth.parse(NAME, system) for system in ToothSystem],
    lambda: Site.parse(NAME),
    lambda: Site.parse(f"ISO {NAME}"),
    lambda: Site.parse("14", system=ToothSystem.UNIVERSAL, surfaces=NAME),
    lambda: photo(capture_id=BAD),
    lambda: photo(jpeg_sha256=NAME),
    lambda: photo(taken_at=NAME),
    lambda: record(reason=BAD),
    lambda: record(operator=LONG),
    lambda: with_reason(WHOLE, BAD, who="Dr A"),
    lambda: relinked(WHOLE, SECRET, who="Dr A", why="x"),
    lambda: CaptureRecord.from_json(f"{NAME} {ID}"),
    lambda: CaptureRecord.from_json(WHOLE.to_json()[:-20]),
    lambda: CaptureRecord.from_json(json.dumps({**WHOLE.to_plain(), NAME: ID})),
    lambda: QuarantinedPhoto.from_json(WHOLE.to_json()),
    lambda: Timeline.begun(HostTime(NOON, 0.0)).arm(
        SECRET.armed_again(NOON - timedelta(hours=2), timedelta(hours=1)), HostTime(NOON, 0.0)
    ),
    *[
        lambda path=path: CaptureRecord.from_plain(plant(path, BAD))
        for path in (
            "patient/family_name",
            "patient/birth_date",
            "patient/source",
            "patient/armed_at",
            "patient/sex",
            f"patient/{NAME}",
            "history/0/what",
            "history/0/at",
            "history/0/patient_before/birth_date",
            "taken_at",
            "date_of_service",
            "record_id",
            "site",
            "light",
            "device",
            "schema_version",
        )
    ],
]


@pytest.mark.parametrize("door", DOORS, ids=range(len(DOORS)))
def test_no_error_repeats_a_name(door: Callable[[], object]) -> None:
    with pytest.raises(OralcamError) as refused:
        door()
    assert clean(told(refused.value)), told(refused.value)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_anywhere_in_a_record_is_reported_without_a_name(data: st.DataObject) -> None:
    text = WHOLE.to_json()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from('{}[]",:0x\\ \n\x00'))
    try:
        CaptureRecord.from_json(text[:place] + other + text[place + 1 :])
    except OralcamError as error:
        report = told(error)
    else:
        return
    assert clean(report), report


def test_no_repr_shows_a_name() -> None:
    verdict = Quarantined(Doubt.CHANGE_OF_PATIENT, (SECRET,))
    timeline = Timeline.begun(HostTime(NOON, 0.0)).arm(SECRET, HostTime(NOON, 0.0))
    waiting = QuarantinedPhoto(WHOLE.record_id, WHOLE.taken, verdict.doubt, verdict.candidates, NOON)
    for value in (SECRET, WHOLE, WHOLE.history, verdict, timeline, waiting, Reason(REASON), Order(NAME)):
        assert clean(repr(value)), type(value)
        assert clean(f"{value}"), type(value)
    assert not clean(SECRET.label)  # for the people in the room, and for nothing else


def test_names_are_in_the_records_and_nowhere_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = RecordStore(tmp_path / "records")
    store.keep(WHOLE, JPEG)
    waiting = Quarantine(store).keep(photo(2), Quarantined(Doubt.UNARMED, (SECRET,)), JPEG)
    filed = Quarantine(store).file(waiting.record_id, SECRET, who="Dr A", why=REASON, reason=REASON)
    store.change(filed, relinked(filed, patient(2), who="Dr A", why=REASON))
    Quarantine(store).keep(photo(3), Quarantined(Doubt.EXPIRED, (SECRET,)), JPEG)
    with store.audit.path.open("ab") as log:
        log.write(b"torn")
    store.audit.verify()
    assert clean(caplog.text)
    for path in store.folder.rglob("*"):
        assert clean(path.name), path
        if path.is_file() and path.parent.name not in ("records", "quarantine", "filed"):
            assert clean(path.read_bytes().decode("utf-8", "replace")), path
    assert NAME in (store.folder / "records" / f"{WHOLE.record_id}.json").read_text("utf-8")


def test_every_way_of_arming_is_silent() -> None:
    for source in Source:
        armed = PatientContext(
            patient_id=ID,
            issuer=ISSUER,
            family_name=NAME,
            given_name="",
            birth_date=BORN,
            source=source,
        )
        assert clean(repr(armed))
