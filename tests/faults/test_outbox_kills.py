"""`kill -9` at every place of a delivery: confirmed in the end, and nothing handed over twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from oralcam.outbox.delivery import State
from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.outbox.worker import STAGES
from oralcam.record import VisitIds, make_record
from oralcam.record.store import RecordStore
from oralcam.sinks.folder import FolderSink
from tests.faults.outbox_program import deliver
from tests.unit.jpeg.pictures import chroma
from tests.unit.record.strategies import CountingIds, patient, photo

JPEG = chroma("4:2:2")


def prepare(home: Path) -> None:
    ids = CountingIds()
    record = make_record(photo(jpeg=JPEG), patient(), VisitIds.new(ids), ids=ids)
    RecordStore(home / "records").keep(record, JPEG)
    (home / "outgoing").mkdir()
    with DeliveryTable(home / "outbox.sqlite") as table:
        table.queue(record.record_id, record.sop_uid, ["practice"], 1_800_000_000.0)


def run(home: Path, at: int, hot: bool) -> int:
    sink = FolderSink("practice", home / "outgoing", home / "marks", hot=hot)
    return deliver(home, {"practice": sink}, at, ("os.rename", "os.remove"))


@pytest.mark.parametrize("hot", [False, True], ids=["a folder that stays", "a folder that is emptied"])
def test_a_delivery_survives_a_kill_anywhere(tmp_path: Path, hot: bool) -> None:
    at, killed = 0, True
    while killed:
        at += 1
        home = tmp_path / str(at)
        home.mkdir()
        prepare(home)
        handed_over = 0
        ended = run(home, at, hot)
        killed = ended == -signal.SIGKILL
        assert killed or ended == 0
        if hot:
            handed_over += empty(home)
        assert run(home, 0, hot) == 0
        handed_over += empty(home) if hot else len(list((home / "outgoing").glob("*.jpg")))
        with DeliveryTable(home / "outbox.sqlite") as table:
            assert [delivery.state for delivery in table.deliveries()] == [State.CONFIRMED], at
        assert handed_over == 1, at
        assert not list((home / "outgoing").glob(".*")), at
    assert at > len(STAGES) + 4  # the folder's own steps are among the places


def empty(home: Path) -> int:
    """As a practice system does: take the photos away."""
    photos = list((home / "outgoing").glob("*.jpg"))
    for path in photos:
        path.unlink()
    return len(photos)
