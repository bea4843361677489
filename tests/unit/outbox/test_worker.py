"""The worker: whatever a sink does, every delivery ends confirmed or dead, and others do not wait for it."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.errors import SinkLost, SinkRefused, SinkUnavailable, SinkUnproven
from oralcam.outbox.backoff import GIVE_UP_S
from oralcam.outbox.delivery import State
from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.outbox.worker import STAGES, Worker, only_worker


class Shelf:
    """An archive on which every record lies."""

    damaged = False

    def read(self, record_id: str) -> Any:
        return SimpleNamespace(record_id=record_id, jpeg_sha256=hashlib.sha256(b"jpeg").hexdigest())

    def jpeg(self, record_id: str) -> bytes:
        return b"damaged" if self.damaged else b"jpeg"


class ScriptedSink:
    """Does what the script says, then everything right. Holds a record once, however often it is sent."""

    name = "archive"

    def __init__(self, *script: str) -> None:
        self.script = list(script)
        self.held: set[str] = set()
        self.sends = 0

    def close(self) -> None:
        pass

    def _next(self) -> str:
        return self.script.pop(0) if self.script else "ok"

    def send(self, record: Any, jpeg: bytes) -> None:
        self.sends += 1
        word = self._next()
        if word == "half":
            self.held.add(record.record_id)
        if word in ("silent", "half"):
            raise SinkUnavailable("It does not answer.")
        if word == "no":
            raise SinkRefused("It belongs to another study.")
        if word == "broken":
            raise ValueError("Zoe Planted was to be sent")
        self.held.add(record.record_id)

    def confirm(self, record: Any, jpeg: bytes) -> bool:
        word = self._next()
        if word == "later":
            raise SinkUnproven("It did not report.")
        if word in ("silent", "half", "broken"):
            raise SinkUnavailable("It does not answer.")
        if word == "lost":
            self.held.discard(record.record_id)
            raise SinkLost("It does not hold it.")
        return word == "ok" and record.record_id in self.held


class Bench:
    """An outbox whose time the test holds."""

    def __init__(self, where: Path, **sinks: ScriptedSink) -> None:
        self.now_s = 1_800_000_000.0
        self.table = DeliveryTable(where / "outbox.sqlite")
        self.shelf = Shelf()
        self.worker = Worker(self.table, self.shelf, sinks, now=lambda: self.now_s, chance=lambda: 0.5)

    def until_quiet(self) -> None:
        while (due := self.table.next_due()) is not None:
            self.now_s = max(self.now_s, due)
            self.worker.run_once()

    def states(self) -> dict[str, State]:
        return {f"{each.record_id} {each.sink}": each.state for each in self.table.deliveries()}


def test_what_is_sent_and_proven_is_confirmed(tmp_path: Path) -> None:
    sink = ScriptedSink()
    bench = Bench(tmp_path, archive=sink)
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    (outcome,) = bench.worker.run_once()
    assert outcome.state is State.CONFIRMED
    assert sink.sends == 1
    assert bench.worker.run_once() == []


def test_what_was_sent_is_not_sent_again_while_proof_is_awaited(tmp_path: Path) -> None:
    sink = ScriptedSink("ok", "not yet", "not yet")
    bench = Bench(tmp_path, archive=sink)
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    bench.until_quiet()
    assert (sink.sends, bench.states()) == (1, {"r1 archive": State.CONFIRMED})


def test_one_that_does_not_answer_holds_nobody_up_and_is_asked_once_a_round(tmp_path: Path) -> None:
    silent, folder_sink = ScriptedSink(*["silent"] * 3), ScriptedSink()
    bench = Bench(tmp_path, archive=silent, folder=folder_sink)
    for number in range(3):
        bench.table.queue(f"r{number}", "1", ["archive", "folder"], bench.now_s)
    bench.worker.run_once()
    assert silent.sends == 1
    assert folder_sink.held == {"r0", "r1", "r2"}
    bench.until_quiet()
    assert set(bench.states().values()) == {State.CONFIRMED}


def test_what_a_sink_lost_is_sent_again(tmp_path: Path) -> None:
    sink = ScriptedSink("ok", "lost")
    bench = Bench(tmp_path, archive=sink)
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    bench.until_quiet()
    assert (sink.sends, bench.states()) == (2, {"r1 archive": State.CONFIRMED})


def test_a_refusal_is_final_until_a_person_says_otherwise(tmp_path: Path) -> None:
    sink = ScriptedSink("no")
    bench = Bench(tmp_path, archive=sink)
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    bench.until_quiet()
    assert bench.states() == {"r1 archive": State.DEAD}
    assert bench.table.deliveries()[0].said == "It belongs to another study."
    bench.table.retry("r1", None, bench.now_s)
    bench.until_quiet()
    assert bench.states() == {"r1 archive": State.CONFIRMED}


def test_a_fault_of_ours_is_written_down_without_what_it_quotes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(tmp_path, archive=ScriptedSink("broken"))
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    with caplog.at_level(logging.DEBUG):
        (outcome,) = bench.worker.run_once()
    assert "ValueError" in outcome.said
    assert "Planted" not in outcome.said + caplog.text
    bench.until_quiet()
    assert bench.states() == {"r1 archive": State.CONFIRMED}


def test_a_photo_that_was_damaged_here_goes_nowhere(tmp_path: Path) -> None:
    sink = ScriptedSink()
    bench = Bench(tmp_path, archive=sink)
    bench.shelf.damaged = True
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    (outcome,) = bench.worker.run_once()
    assert (outcome.state, sink.sends) == (State.DEAD, 0)
    assert "damaged" in outcome.said


def test_a_sink_that_was_taken_away_is_named(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    assert "'archive'" in bench.worker.run_once()[0].said


def test_one_worker_at_a_time(tmp_path: Path) -> None:
    with only_worker(tmp_path) as first, only_worker(tmp_path) as second:
        assert (first, second) == (True, False)
    with only_worker(tmp_path) as again:
        assert again


def test_every_stage_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    bench = Bench(tmp_path)
    worker = Worker(
        bench.table,
        Shelf(),
        {"archive": ScriptedSink()},
        now=lambda: bench.now_s,
        stage=lambda stage, delivery: told.append(stage),
    )
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    worker.run_once()
    assert tuple(told) == STAGES


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["ok", "silent", "half", "not yet", "broken", "lost"]), max_size=12),
    st.integers(1, 3),
)
def test_whatever_a_sink_does_for_a_while_everything_is_held_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, script: list[str], records: int
) -> None:
    sink = ScriptedSink(*script)
    bench = Bench(tmp_path_factory.mktemp("outbox"), archive=sink)
    for number in range(records):
        bench.table.queue(f"r{number}", "1", ["archive"], bench.now_s)
    began_s = bench.now_s
    bench.until_quiet()
    assert set(bench.states().values()) == {State.CONFIRMED}
    assert sink.held == {f"r{number}" for number in range(records)}
    assert bench.now_s - began_s < GIVE_UP_S


def test_a_worker_runs_until_it_is_told_to_end(tmp_path: Path) -> None:
    sink = ScriptedSink("silent")
    bench = Bench(tmp_path, archive=sink)
    bench.table.queue("r1", "1", ["archive"], bench.now_s)
    waits: list[float] = []

    def wait(time_s: float) -> None:
        waits.append(time_s)
        bench.now_s += time_s

    bench.worker.run(lambda: bool(sink.held), wait)
    assert bench.states() == {"r1 archive": State.CONFIRMED}
    assert all(0 < each <= 1 for each in waits)
    assert sum(waits) == pytest.approx(5, abs=0.5)


def test_a_sink_without_proof_is_given_all_and_asked_once_a_round(tmp_path: Path) -> None:
    slow, quick = ScriptedSink("ok", "later"), ScriptedSink()
    bench = Bench(tmp_path, archive=slow, folder=quick)
    for record_id in ("r1", "r2", "r3"):
        bench.table.queue(record_id, "1", ["archive", "folder"], bench.now_s)
    outcomes = bench.worker.run_once()
    assert (len(outcomes), slow.sends, len(slow.script)) == (6, 3, 0)
    assert [each.state for each in outcomes if each.sink == "archive"] == [State.SENT] * 3
    assert [each.state for each in outcomes if each.sink == "folder"] == [State.CONFIRMED] * 3
    said = [each.said for each in bench.table.deliveries() if each.sink == "archive"]
    assert said == ["It did not report.", "", ""]  # which `oralcam outbox status` shows
    slow.script = ["later"]
    bench.worker.run_once()  # the second is asked, the third waits for its turn
    assert slow.script == []
    bench.until_quiet()
    assert set(bench.states().values()) == {State.CONFIRMED}
    assert slow.sends == 3
