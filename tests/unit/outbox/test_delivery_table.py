"""The table: written once, kept over everything, private."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from oralcam.errors import OutboxError
from oralcam.outbox.backoff import GIVE_UP_S, LONGEST_S, SEND_AGAIN, pause_s
from oralcam.outbox.delivery import State
from oralcam.outbox.delivery_table import DeliveryTable

NOW = 1_800_000_000.0


@pytest.fixture
def table(tmp_path: Path) -> DeliveryTable:
    return DeliveryTable(tmp_path / "outbox" / "outbox.sqlite")


def test_a_record_is_queued_for_each_sink_once(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive", "folder"], NOW)
    (archive, folder) = table.due(NOW)
    table.confirmed(archive, NOW + 1)
    table.queue("r1", "1", ["archive", "folder", "web"], NOW + 2)
    assert [(each.sink, each.state) for each in table.deliveries("r1")] == [
        ("archive", State.CONFIRMED),
        ("folder", State.QUEUED),
        ("web", State.QUEUED),
    ]
    assert folder.queued_at == NOW


def test_a_corrected_record_goes_out_anew(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    (first,) = table.due(NOW)
    table.confirmed(first, NOW + 1)
    table.queue("r1", "2", ["archive"], NOW + 2)
    (again,) = table.due(NOW + 2)
    assert (again.revision, again.state) == ("2", State.QUEUED)


def test_what_is_held_back_goes_when_it_is_said_and_at_the_latest_then(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW, hold_s=100)
    table.queue("r1", "1", ["archive"], NOW + 50, hold_s=100)  # said again: no later for that
    assert table.due(NOW + 99) == []
    assert [each.record_id for each in table.due(NOW + 100)] == ["r1"]
    table.queue("r1", "2", ["archive"], NOW + 60, hold_s=100)  # corrected, and still held back
    assert table.due(NOW + 159) == []
    table.queue("r1", "2", ["archive"], NOW + 70)
    assert [each.revision for each in table.due(NOW + 70)] == ["2"]


def test_what_a_program_that_is_gone_held_back_is_released_and_nothing_else(table: DeliveryTable) -> None:
    table.queue("failed", "1", ["archive"], NOW)
    table.failed(table.due(NOW)[0], "It does not answer.", NOW, 0.5)
    table.queue("old", "1", ["archive"], NOW, hold_s=1000)
    table.queue("new", "1", ["archive"], NOW + 3, hold_s=1000)
    assert table.release(before=NOW + 2, now=NOW + 2) == 1
    assert [each.record_id for each in table.due(NOW + 2)] == ["old"]


def test_what_comes_of_an_older_revision_does_not_count(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    (being_sent,) = table.due(NOW)
    table.queue("r1", "2", ["archive"], NOW + 1)  # corrected while it is on its way
    table.confirmed(being_sent, NOW + 2)
    assert [each.state for each in table.deliveries()] == [State.QUEUED]


def test_it_is_there_for_the_next_program(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    table.sent(table.due(NOW)[0], NOW + 1)
    # no close: a killed program does not
    (delivery,) = DeliveryTable(table.path).deliveries()
    assert (delivery.state, delivery.changed_at) == (State.SENT, NOW + 1)


def test_several_threads_may_use_it(table: DeliveryTable) -> None:
    def queue(number: int) -> None:
        for each in range(20):
            table.queue(f"r{number}-{each}", "1", ["archive"], NOW)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(queue, range(4)))
    assert len(table.deliveries()) == 80


def test_nobody_else_may_read_it(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    for path in table.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE(table.path.parent.stat().st_mode) == 0o700


def test_what_failed_is_due_again_later_and_later(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    delivery = table.due(NOW)[0]
    pauses = []
    for _ in range(15):
        delivery = table.failed(delivery, "It does not answer.", NOW, 0.5)
        assert table.due(delivery.next_at - 0.01) == []
        assert table.due(delivery.next_at) == [delivery]
        assert table.next_due() == delivery.next_at
        pauses.append(delivery.next_at - NOW)
    assert pauses == sorted(pauses)
    assert pauses[0] == 5
    assert pauses[-1] == LONGEST_S
    assert delivery.said == "It does not answer."


def test_workstations_do_not_come_back_all_at_once() -> None:
    assert pause_s(3, 0.0) < pause_s(3, 0.5) < pause_s(3, 1.0)
    assert pause_s(3, 1.0) / pause_s(3, 0.0) == pytest.approx(1.5)


def test_after_a_week_a_person_has_to_look(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    delivery = table.failed(table.due(NOW)[0], "no", NOW + GIVE_UP_S - 1, 0.5)
    assert delivery.state is State.QUEUED
    dead = table.failed(delivery, "still no", NOW + GIVE_UP_S + 1, 0.5)
    assert dead.state is State.DEAD
    assert table.due(NOW + 1e9) == []
    assert table.next_due() is None
    assert [each.said for each in table.deliveries()] == ["still no"]


def test_a_person_may_have_it_tried_again(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive", "folder"], NOW)
    table.queue("r2", "1", ["archive"], NOW)
    for delivery in table.due(NOW):
        table.refused(delivery, "wrong study", NOW)
    assert table.retry("r1", "archive", NOW + 5) == 1
    assert [(each.record_id, each.sink) for each in table.due(NOW + 5)] == [("r1", "archive")]
    assert table.retry(None, None, NOW + 6) == 3
    assert len(table.due(NOW + 6)) == 3


def test_what_is_confirmed_is_left_alone(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    table.confirmed(table.due(NOW)[0], NOW)
    assert table.retry(None, None, NOW) == 0
    assert table.due(NOW + 1e9) == []


def test_what_is_never_proven_is_sent_again(table: DeliveryTable) -> None:
    table.queue("r1", "1", ["archive"], NOW)
    delivery = table.sent(table.due(NOW)[0], NOW)
    now = NOW
    for _ in range(SEND_AGAIN):
        delivery = table.unproven(delivery, now)
        assert delivery.state is State.SENT
        assert delivery.next_at > now
        now = delivery.next_at
    assert table.unproven(delivery, now).state is State.QUEUED
    assert now - NOW < 3 * 3600


def test_a_file_that_is_no_ledger_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    path.write_bytes(b"this is no database at all, but it is long enough to be looked at" * 20)
    with pytest.raises(OutboxError, match="cannot be used"):
        DeliveryTable(path)


def test_a_newer_programs_ledger_is_left_alone(table: DeliveryTable) -> None:
    with sqlite3.connect(table.path) as database:
        database.execute("PRAGMA user_version = 2")
    with pytest.raises(OutboxError, match="newer"):
        DeliveryTable(table.path)
