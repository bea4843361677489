"""Records and their photos on disk: whole or not at all, readable by their owner only."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from oralcam.errors import (
    AlreadyRecorded,
    InvalidRecord,
    RecordError,
    RecordNotFound,
    RecordStoreError,
)
from oralcam.record import (
    Correction,
    Quarantine,
    RecordStore,
    Site,
)
from oralcam.record.audit import Act
from oralcam.record.corrections import relinked, with_reason, with_site
from tests.unit.record.store.doubtful import STRADDLES, acts
from tests.unit.record.strategies import JPEG, NOON, patient, photo, record

UNKNOWN = "00000000-0000-4000-8000-00000000dead"


def files(store: RecordStore) -> list[str]:
    return sorted(
        str(path.relative_to(store.folder))
        for path in store.folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    )


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
    with pytest.raises(InvalidRecord, match="not JSON"):
        store.read(record(1).record_id)


def test_a_full_disk_keeps_what_was_there(store: RecordStore, mocker: MockerFixture) -> None:
    made = record()
    store.keep(made, JPEG)
    full = mocker.patch("os.fsync", side_effect=OSError(28, "No space left on device"))
    with pytest.raises(RecordStoreError, match="No space"):
        store.keep(record(2), JPEG)
    with pytest.raises(RecordStoreError, match="No space"):
        store.change(made, with_reason(made, "x", who="Dr A"))
    mocker.stop(full)
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
