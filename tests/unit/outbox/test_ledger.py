"""The ledger: written once, kept over everything, private."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from oralcam.errors import OutboxError
from oralcam.outbox.backoff import GIVE_UP_S, LONGEST_S, SEND_AGAIN, pause_s
from oralcam.outbox.delivery import State
from oralcam.outbox.ledger import Ledger

NOW = 1_800_000_000.0


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "outbox" / "outbox.sqlite")


def test_a_record_is_queued_for_each_sink_once(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive", "folder"], NOW)
    (archive, folder) = ledger.due(NOW)
    ledger.confirmed(archive, NOW + 1)
    ledger.queue("r1", "1", ["archive", "folder", "web"], NOW + 2)
    assert [(each.sink, each.state) for each in ledger.deliveries("r1")] == [
        ("archive", State.CONFIRMED),
        ("folder", State.QUEUED),
        ("web", State.QUEUED),
    ]
    assert folder.queued_at == NOW


def test_a_corrected_record_goes_out_anew(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    (first,) = ledger.due(NOW)
    ledger.confirmed(first, NOW + 1)
    ledger.queue("r1", "2", ["archive"], NOW + 2)
    (again,) = ledger.due(NOW + 2)
    assert (again.revision, again.state) == ("2", State.QUEUED)


def test_what_is_held_back_goes_when_it_is_said_and_at_the_latest_then(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW, hold_s=100)
    ledger.queue("r1", "1", ["archive"], NOW + 50, hold_s=100)  # said again: no later for that
    assert ledger.due(NOW + 99) == []
    assert [each.record_id for each in ledger.due(NOW + 100)] == ["r1"]
    ledger.queue("r1", "2", ["archive"], NOW + 60, hold_s=100)  # corrected, and still held back
    assert ledger.due(NOW + 159) == []
    ledger.queue("r1", "2", ["archive"], NOW + 70)
    assert [each.revision for each in ledger.due(NOW + 70)] == ["2"]


def test_what_a_program_that_is_gone_held_back_is_released_and_nothing_else(ledger: Ledger) -> None:
    ledger.queue("failed", "1", ["archive"], NOW)
    ledger.failed(ledger.due(NOW)[0], "It does not answer.", NOW, 0.5)
    ledger.queue("old", "1", ["archive"], NOW, hold_s=1000)
    ledger.queue("new", "1", ["archive"], NOW + 3, hold_s=1000)
    assert ledger.release(before=NOW + 2, now=NOW + 2) == 1
    assert [each.record_id for each in ledger.due(NOW + 2)] == ["old"]


def test_what_comes_of_an_older_revision_does_not_count(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    (being_sent,) = ledger.due(NOW)
    ledger.queue("r1", "2", ["archive"], NOW + 1)  # corrected while it is on its way
    ledger.confirmed(being_sent, NOW + 2)
    assert [each.state for each in ledger.deliveries()] == [State.QUEUED]


def test_it_is_there_for_the_next_program(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    ledger.sent(ledger.due(NOW)[0], NOW + 1)
    # no close: a killed program does not
    (delivery,) = Ledger(ledger.path).deliveries()
    assert (delivery.state, delivery.changed_at) == (State.SENT, NOW + 1)


def test_several_threads_may_use_it(ledger: Ledger) -> None:
    def queue(number: int) -> None:
        for each in range(20):
            ledger.queue(f"r{number}-{each}", "1", ["archive"], NOW)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(queue, range(4)))
    assert len(ledger.deliveries()) == 80


def test_nobody_else_may_read_it(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    for path in ledger.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE(ledger.path.parent.stat().st_mode) == 0o700


def test_what_failed_is_due_again_later_and_later(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    delivery = ledger.due(NOW)[0]
    pauses = []
    for _ in range(15):
        delivery = ledger.failed(delivery, "It does not answer.", NOW, 0.5)
        assert ledger.due(delivery.next_at - 0.01) == []
        assert ledger.due(delivery.next_at) == [delivery]
        assert ledger.next_due() == delivery.next_at
        pauses.append(delivery.next_at - NOW)
    assert pauses == sorted(pauses)
    assert pauses[0] == 5
    assert pauses[-1] == LONGEST_S
    assert delivery.said == "It does not answer."


def test_workstations_do_not_come_back_all_at_once() -> None:
    assert pause_s(3, 0.0) < pause_s(3, 0.5) < pause_s(3, 1.0)
    assert pause_s(3, 1.0) / pause_s(3, 0.0) == pytest.approx(1.5)


def test_after_a_week_a_person_has_to_look(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    delivery = ledger.failed(ledger.due(NOW)[0], "no", NOW + GIVE_UP_S - 1, 0.5)
    assert delivery.state is State.QUEUED
    dead = ledger.failed(delivery, "still no", NOW + GIVE_UP_S + 1, 0.5)
    assert dead.state is State.DEAD
    assert ledger.due(NOW + 1e9) == []
    assert ledger.next_due() is None
    assert [each.said for each in ledger.deliveries()] == ["still no"]


def test_a_person_may_have_it_tried_again(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive", "folder"], NOW)
    ledger.queue("r2", "1", ["archive"], NOW)
    for delivery in ledger.due(NOW):
        ledger.refused(delivery, "wrong study", NOW)
    assert ledger.retry("r1", "archive", NOW + 5) == 1
    assert [(each.record_id, each.sink) for each in ledger.due(NOW + 5)] == [("r1", "archive")]
    assert ledger.retry(None, None, NOW + 6) == 3
    assert len(ledger.due(NOW + 6)) == 3


def test_what_is_confirmed_is_left_alone(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    ledger.confirmed(ledger.due(NOW)[0], NOW)
    assert ledger.retry(None, None, NOW) == 0
    assert ledger.due(NOW + 1e9) == []


def test_what_is_never_proven_is_sent_again(ledger: Ledger) -> None:
    ledger.queue("r1", "1", ["archive"], NOW)
    delivery = ledger.sent(ledger.due(NOW)[0], NOW)
    now = NOW
    for _ in range(SEND_AGAIN):
        delivery = ledger.unproven(delivery, now)
        assert delivery.state is State.SENT
        assert delivery.next_at > now
        now = delivery.next_at
    assert ledger.unproven(delivery, now).state is State.QUEUED
    assert now - NOW < 3 * 3600


def test_a_file_that_is_no_ledger_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    path.write_bytes(b"this is no database at all, but it is long enough to be looked at" * 20)
    with pytest.raises(OutboxError, match="cannot be used"):
        Ledger(path)


def test_a_newer_programs_ledger_is_left_alone(ledger: Ledger) -> None:
    with sqlite3.connect(ledger.path) as database:
        database.execute("PRAGMA user_version = 2")
    with pytest.raises(OutboxError, match="newer"):
        Ledger(ledger.path)
