"""Records and photos on disk: whole or not at all, once, private, and nothing forgotten."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from oralcam.errors import (
    AlreadyRecorded,
    InvalidRecord,
    RecordError,
    RecordNotFound,
    RecordStoreError,
)
from oralcam.files.private_folder import FolderLock, PrivateFolder
from oralcam.record import (
    CaptureRecord,
    Correction,
    Doubt,
    PatientContext,
    Quarantine,
    Quarantined,
    RecordStore,
    Site,
    TakenPhoto,
    VisitIds,
)
from oralcam.record.audit import Act
from oralcam.record.corrections import relinked, with_reason, with_site
from tests.unit.record.strategies import JPEG, NOON, patient, photo, record

UNKNOWN = "00000000-0000-4000-8000-00000000dead"
STRADDLES = Quarantined(Doubt.CHANGE_OF_PATIENT, (patient(2), patient(1)))


@pytest.fixture
def store(tmp_path: Path) -> RecordStore:
    return RecordStore(tmp_path / "records")


def acts(store: RecordStore) -> list[tuple[Act, str]]:
    return [(entry.what, entry.record_id) for entry in store.audit.entries()]


def files(store: RecordStore) -> list[str]:
    return sorted(
        str(path.relative_to(store.folder))
        for path in store.folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    )


# -- records ---------------------------------------------------------------------------------------------


def test_a_record_and_its_photo_come_back_in_another_program(store: RecordStore) -> None:
    made = record(operator="Dr A")
    store.keep(made, JPEG)
    again = RecordStore(store.folder)
    assert again.ids() == [made.record_id]
    assert again.read(made.record_id) == made
    assert again.jpeg(made.record_id) == JPEG
    assert again.known(made.taken) == made.record_id
    assert acts(again) == [(Act.RECORDED, made.record_id)]


def test_everything_is_its_owners_and_no_name_says_whose_it_is(store: RecordStore) -> None:
    made = record()
    store.keep(made, JPEG)
    Quarantine(store).keep(photo(2), STRADDLES, JPEG)
    for path in [store.folder, *store.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
        for secret in ("Müller", "Zoë", "P1", "1990"):
            assert secret not in path.name
    assert f"records/{made.record_id}.json" in files(store)


def test_a_photo_is_taken_in_once(store: RecordStore) -> None:
    store.keep(record(), JPEG)
    before = files(store)
    with pytest.raises(AlreadyRecorded):
        store.keep(replace(record(), record_id=UNKNOWN), JPEG)
    with pytest.raises(AlreadyRecorded):
        Quarantine(store).keep(record().taken, STRADDLES, JPEG)
    assert files(store) == before
    assert store.known(photo(2)) is None
    with pytest.raises(AlreadyRecorded, match="another photo"):
        store.keep(replace(record(2), record_id=record().record_id), JPEG)
    assert store.read(record().record_id) == record()


def test_another_photo_under_the_record_is_refused(store: RecordStore) -> None:
    for jpeg in (JPEG + b"x", b"", JPEG[::-1]):
        with pytest.raises(InvalidRecord, match="not the one"):
            store.keep(record(), jpeg)
    assert files(store) == []


def test_two_equal_pictures_of_two_presses_are_two_records(store: RecordStore) -> None:
    store.keep(record(1), JPEG)
    store.keep(record(2), JPEG)
    assert len(store.ids()) == 2


def test_a_change_keeps_its_history_and_is_audited(store: RecordStore) -> None:
    made = record()
    store.keep(made, JPEG)
    placed = with_site(made, Site.parse("upper arch"), who="Dr A")
    store.change(made, placed)
    moved = relinked(placed, patient(2), who="Dr B", why="wrong chart")
    store.change(placed, moved)
    kept = RecordStore(store.folder).read(made.record_id)
    assert kept == moved
    assert [(one.what, one.who) for one in kept.history] == [
        (Correction.SITE, "Dr A"),
        (Correction.RELINKED, "Dr B"),
    ]
    assert kept.history[1].patient_before == patient()
    assert [act for act, _ in acts(store)] == [Act.RECORDED, Act.CORRECTED, Act.RELINKED]
    assert [entry.who for entry in store.audit.entries()] == ["oralcam", "Dr A", "Dr B"]


def test_who_changes_what_somebody_else_changed_meanwhile_is_told(store: RecordStore) -> None:
    made = record()
    store.keep(made, JPEG)
    store.change(made, with_reason(made, "first", who="Dr A"))
    with pytest.raises(RecordStoreError, match="somebody else"):
        store.change(made, with_reason(made, "second", who="Dr B"))
    assert store.read(made.record_id).reason == "first"


def test_a_change_that_forgets_is_refused(store: RecordStore) -> None:
    made = with_reason(record(), "x", who="Dr A")
    store.keep(made, JPEG)
    for after in (
        replace(made, reason="y"),
        replace(made, reason="y", history=()),
        replace(
            with_reason(made, "y", who="Dr A"), history=with_reason(made, "y", who="Dr A").history[1:] * 2
        ),
        replace(with_reason(made, "y", who="Dr A"), history=with_reason(record(), "y", who="Dr A").history),
        replace(with_reason(made, "y", who="Dr A"), taken_at=NOON + timedelta(days=1)),
        replace(with_reason(made, "y", who="Dr A"), jpeg_sha256="0" * 64),
    ):
        with pytest.raises(InvalidRecord):
            store.change(made, after)
    assert store.read(made.record_id) == made
    with pytest.raises(RecordNotFound):
        store.change(record(2), with_reason(record(2), "y", who="Dr A"))


def test_a_retake_supersedes_and_deletes_nothing(store: RecordStore) -> None:
    first, retake = record(1), record(2, supersedes=record(1).record_id)
    store.keep(first, JPEG)
    store.keep(retake, JPEG)
    assert store.superseded() == {first.record_id: retake.record_id}
    assert store.read(first.record_id) == first
    assert store.jpeg(first.record_id) == JPEG
    assert (Act.SUPERSEDED, first.record_id) in acts(store)
    with pytest.raises(RecordNotFound):
        store.keep(record(3, supersedes=UNKNOWN), JPEG)
    assert len(store.ids()) == 2


@pytest.mark.parametrize("record_id", ["", "../records/x", UNKNOWN, "*", "x" * 1000, "\0"])
def test_what_is_not_there_is_not_found_and_no_path_is_followed(store: RecordStore, record_id: str) -> None:
    for act in (store.read, store.jpeg, Quarantine(store).read):
        with pytest.raises(RecordNotFound):
            act(record_id)


def test_a_damaged_file_is_said_and_another_records_file_too(store: RecordStore) -> None:
    store.keep(record(1), JPEG)
    store.keep(record(2), JPEG)
    one, other = (store.folder / "records" / f"{record(number).record_id}.json" for number in (1, 2))
    one.write_bytes(other.read_bytes())
    with pytest.raises(InvalidRecord, match="another record"):
        store.read(record(1).record_id)
    one.write_bytes(other.read_bytes()[:100])
    with pytest.raises(InvalidRecord, match="no JSON"):
        store.read(record(1).record_id)


def test_a_full_disk_keeps_what_was_there(store: RecordStore, monkeypatch: pytest.MonkeyPatch) -> None:
    made = record()
    store.keep(made, JPEG)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(RecordStoreError, match="No space"):
            store.keep(record(2), JPEG)
        with pytest.raises(RecordStoreError, match="No space"):
            store.change(made, with_reason(made, "x", who="Dr A"))
    assert store.ids() == [made.record_id]
    assert store.read(made.record_id) == made
    assert store.known(record(2).taken) is None
    store.keep(record(2), JPEG)


def test_a_broken_audit_log_stops_new_records_and_the_photo_waits(store: RecordStore) -> None:
    store.keep(record(1), JPEG)
    store.audit.path.write_bytes(b"")
    with pytest.raises(RecordError, match="audit log"):
        store.keep(record(2), JPEG)
    assert store.known(record(2).taken) is None
    store.audit.begin_anew(who="Dr A")
    store.keep(record(2), JPEG)
    assert len(store.ids()) == 2


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RecordStoreError, match="cannot be made"):
        RecordStore(tmp_path / "file" / "records")


def mortal(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """The process dies in place of its `limit`-th operation that the disk would keep."""
    left = [limit]

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def acting(*args: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)

        return acting

    for name in ("fsync", "replace", "unlink", "truncate"):
        monkeypatch.setattr(os, name, dying(getattr(os, name)))


def killed(store: RecordStore, limit: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Was the child that did `steps` killed, rather than come to its end?"""
    child = os.fork()
    if child == 0:
        try:
            mortal(monkeypatch, limit)
            steps(store)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status != 0


def steps(store: RecordStore) -> None:
    """What a visit does, as far as it was not done by a program before that was killed."""
    quarantine = Quarantine(store)
    if store.known(record().taken) is None:
        store.keep(record(), JPEG)
    kept = store.read(record().record_id)
    if not kept.history:
        store.change(kept, relinked(kept, patient(3), who="Dr A", why="wrong chart"))
    known = store.known(photo(2))
    if known is None:
        known = quarantine.keep(photo(2), STRADDLES, JPEG).record_id
    if known in quarantine.ids():
        quarantine.file(known, patient(1), who="Dr A", why="I saw it")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_place_everything_is_there_once_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kill -9` in place of each operation of the disk in turn, until a run comes to its end."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # what a process wrote outlives it; power stays on here
    limit, died = -1, True
    while died:
        limit += 1
        died = killed(RecordStore(tmp_path / str(limit)), limit, monkeypatch)
        store = RecordStore(tmp_path / str(limit))
        steps(store)
        assert Quarantine(store).ids() == []
        kept = {one.capture_id: one for one in map(store.read, store.ids())}
        assert len(store.ids()) == len(kept) == 2
        assert kept["EMU-000001"].patient == patient(3)
        assert kept["EMU-000002"].patient == patient(1)
        for one in kept.values():
            assert hashlib.sha256(store.jpeg(one.record_id)).hexdigest() == one.jpeg_sha256
        assert len(list(store.photos.path.glob("*.jpg"))) == 2
        assert store.audit.verify().number >= 4
    assert limit > 40


def test_two_threads_take_turns(store: RecordStore) -> None:
    made = [record(number) for number in range(1, 9)]
    threads = [threading.Thread(target=store.keep, args=(one, JPEG)) for one in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert store.ids() == sorted(one.record_id for one in made)
    assert store.audit.verify().number == 8


def test_a_store_that_somebody_holds_is_waited_for_and_then_said(store: RecordStore) -> None:
    held, mine = (FolderLock(PrivateFolder(store.folder), patience_s=0.05) for _ in range(2))
    with held, held, pytest.raises(RecordStoreError, match="Another program"), mine:
        pass  # held twice, as one act calls another
    with mine:
        pass


# -- quarantine ------------------------------------------------------------------------------------------


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
    assert store.filed.names(".json") == [made.record_id]  # nothing is deleted
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
