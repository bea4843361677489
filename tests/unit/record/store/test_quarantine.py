"""Photos that nobody could assign, until a person files them."""

from __future__ import annotations

from typing import Any

import pytest

from oralcam.errors import (
    AlreadyRecorded,
    InvalidRecord,
    RecordError,
    RecordNotFound,
)
from oralcam.record import (
    CaptureRecord,
    Correction,
    PatientContext,
    Quarantine,
    RecordStore,
    Site,
    TakenPhoto,
    VisitIds,
)
from oralcam.record.audit import Act
from tests.unit.record.store.doubtful import STRADDLES, acts
from tests.unit.record.strategies import JPEG, NOON, patient, photo


def filed(
    store: RecordStore, taken: TakenPhoto, whose: PatientContext = STRADDLES.candidates[0], **other: Any
) -> CaptureRecord:
    waiting = Quarantine(store).keep(taken, STRADDLES, JPEG, arrived_at=NOON)
    values = {"who": "Dr A", "why": "I saw it", **other}
    return Quarantine(store).file(waiting.record_id, whose, **values)


def test_a_photo_in_quarantine_waits_with_its_candidates(store: RecordStore) -> None:
    waiting = Quarantine(store).keep(photo(), STRADDLES, JPEG, arrived_at=NOON)
    again = Quarantine(RecordStore(store.folder))
    assert again.ids() == [waiting.record_id]
    assert again.read(waiting.record_id) == waiting
    assert waiting.candidates == STRADDLES.candidates
    assert store.jpeg(waiting.record_id) == JPEG
    assert store.ids() == []
    assert acts(store) == [(Act.QUARANTINED, waiting.record_id)]


def test_a_person_files_it_and_the_record_says_who_and_why(store: RecordStore) -> None:
    made = filed(store, photo(), reason="Caries", site=Site.parse("upper arch"))
    assert store.read(made.record_id) == made
    assert (made.patient, made.reason, made.operator) == (patient(2), "Caries", "Dr A")
    (change,) = made.history
    assert (change.what, change.who, change.why) == (Correction.FILED, "Dr A", "I saw it")
    assert Quarantine(store).ids() == []
    assert store._filed.names(".json") == [made.record_id]  # nothing is deleted
    assert [act for act, _ in acts(store)] == [Act.QUARANTINED, Act.FILED]
    with pytest.raises(RecordNotFound):
        Quarantine(store).file(made.record_id, patient(1), who="Dr A", why="again")
    with pytest.raises(AlreadyRecorded):
        Quarantine(store).keep(photo(), STRADDLES, JPEG)


def test_it_may_be_somebody_elses_than_the_candidates(store: RecordStore) -> None:
    assert filed(store, photo(), patient(5)).patient == patient(5)


@pytest.mark.parametrize("other", [{"who": ""}, {"why": ""}, {"taken_at": NOON}])
def test_it_is_filed_by_somebody_for_a_reason_or_not_at_all(
    store: RecordStore, other: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRecord):
        filed(store, photo(), **other)
    assert store.ids() == []
    assert len(Quarantine(store).ids()) == 1


def test_a_photo_without_a_time_needs_one_from_who_files_it(store: RecordStore) -> None:
    timeless = photo(taken_at=None, taken_at_uncertainty_s=None)
    with pytest.raises(InvalidRecord, match="when the photo was taken"):
        filed(store, timeless)
    (waiting,) = Quarantine(store).ids()
    made = Quarantine(store).file(waiting, patient(1), who="Dr A", why="I saw it", taken_at=NOON)
    assert (made.taken_at, made.taken_at_uncertainty_s) == (NOON, 43_200.0)
    assert made.date_of_service == NOON.date()


def test_it_can_join_the_study_of_its_visit(store: RecordStore) -> None:
    visit = VisitIds.new()
    made = filed(store, photo(), visit=visit)
    assert VisitIds.of(made) == visit


def test_damage_in_quarantine_is_said(store: RecordStore) -> None:
    waiting = Quarantine(store).keep(photo(), STRADDLES, JPEG)
    path = store.folder / "quarantine" / f"{waiting.record_id}.json"
    whole = path.read_text("utf-8")
    for damaged in (whole[:50], "[]", whole.replace('"schema_version": 1', '"schema_version": 2'), "{}"):
        path.write_text(damaged, "utf-8")
        with pytest.raises(RecordError) as said:
            Quarantine(store).read(waiting.record_id)
        assert "Müller" not in str(said.value)
