"""Corrections make a new record and forget nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oralcam.errors import InvalidRecord
from oralcam.record import (
    CaptureRecord,
    Procedure,
    Site,
    VisitIds,
)
from oralcam.record.corrections import relinked, with_orientation, with_procedure, with_reason, with_site
from tests.unit.record.strategies import NOON, CountingIds, patient, record


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
