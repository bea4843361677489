"""One outbox at work for all visits of a program, whatever sinks each of them has."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from oralcam.outbox.background import BackgroundOutbox, background_outbox, close_all
from oralcam.record import CaptureRecord, VisitIds, make_record
from oralcam.record.audit import Act
from oralcam.record.store import RecordStore
from tests.unit.jpeg.pictures import chroma
from tests.unit.record.strategies import patient, photo

DEADLINE_S = 60.0
JPEG = chroma("4:2:2")


class Shelf:
    """A sink that listens at a port, so to say: two of a name cannot be open at once."""

    open_now: ClassVar[dict[str, Shelf]] = {}

    def __init__(self, name: str) -> None:
        self.name = name
        self.held: list[str] = []

    def send(self, record: CaptureRecord, jpeg: bytes) -> None:
        assert self.open_now.setdefault(self.name, self) is self
        self.held.append(record.record_id)

    def confirm(self, record: CaptureRecord, jpeg: bytes) -> bool:
        return record.record_id in self.held

    def close(self) -> None:
        if self.open_now.get(self.name) is self:
            del self.open_now[self.name]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    Shelf.open_now.clear()
    yield RecordStore(tmp_path / "records")
    close_all()


@pytest.fixture
def outbox(tmp_path: Path, store: RecordStore) -> BackgroundOutbox:
    return background_outbox(tmp_path / "outbox", store)


def kept(store: RecordStore, capture_id: str = "a1b2c3-1") -> CaptureRecord:
    record = make_record(photo(jpeg=JPEG, capture_id=capture_id), patient(), VisitIds.new())
    store.keep(record, JPEG)
    return record


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_visits_with_other_sinks_all_have_their_photos_sent(
    outbox: BackgroundOutbox, store: RecordStore
) -> None:
    here, there = Shelf("here"), Shelf("there")
    first, second = kept(store), kept(store, "a1b2c3-2")
    outbox.queue(first, outbox.use([here]))
    assert outbox.wait_confirmed([first.record_id], DEADLINE_S)
    outbox.queue(second, outbox.use([there]))  # the next visit's
    assert outbox.wait_confirmed([second.record_id], DEADLINE_S)
    assert (here.held, there.held) == ([first.record_id], [second.record_id])


def test_there_is_one_for_a_folder_whatever_its_sinks(
    outbox: BackgroundOutbox, store: RecordStore, tmp_path: Path
) -> None:
    assert background_outbox(tmp_path / "records" / ".." / "outbox", store) is outbox


def test_a_sink_that_is_given_anew_takes_the_others_place_once_that_is_closed(
    outbox: BackgroundOutbox, store: RecordStore
) -> None:
    old, new = Shelf("archive"), Shelf("archive")
    first, second = kept(store), kept(store, "a1b2c3-2")
    outbox.queue(first, outbox.use([old]))
    assert outbox.wait_confirmed([first.record_id], DEADLINE_S)
    outbox.use([old])  # the same once more
    outbox.use([new])
    until(lambda: not Shelf.open_now)
    outbox.queue(second, ["archive"])
    assert outbox.wait_confirmed([second.record_id], DEADLINE_S)
    assert (old.held, new.held) == ([first.record_id], [second.record_id])


def test_closing_gives_back_what_sinks_hold_open(outbox: BackgroundOutbox, store: RecordStore) -> None:
    record = kept(store)
    outbox.queue(record, outbox.use([Shelf("archive")]))
    assert outbox.wait_confirmed([record.record_id], DEADLINE_S)
    assert Shelf.open_now
    close_all()
    assert not Shelf.open_now


def test_what_was_sent_and_confirmed_stands_in_the_audit_log(
    outbox: BackgroundOutbox, store: RecordStore
) -> None:
    record = kept(store)
    outbox.queue(record, outbox.use([Shelf("archive")]))
    assert outbox.wait_confirmed([record.record_id], DEADLINE_S)
    close_all()
    acts = [entry.what for entry in store.audit.entries() if entry.record_id == record.record_id]
    assert acts == [Act.RECORDED, Act.SENT, Act.CONFIRMED]
