"""P9: what is counted, and what is made of it."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest

from tools.benchmarks.cost import Cost, cost_of, ticks_in
from tools.benchmarks.growth import SIZES, SMALL_BYTES, Fetched
from tools.benchmarks.growth import rows as growth_rows
from tools.benchmarks.several import rows as several_rows

BURNED_S = 0.05
WAITED_S = 0.2


def burn() -> None:
    end = time.thread_time() + BURNED_S
    while time.thread_time() < end:
        pass


def test_the_work_of_every_thread_counts_and_waiting_does_not() -> None:
    def action() -> None:
        threads = [threading.Thread(target=burn) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        threading.Event().wait(WAITED_S)

    cost = cost_of(action, [])
    assert cost.host_s >= 3 * BURNED_S
    assert cost.elapsed_s >= BURNED_S + WAITED_S
    assert cost.host_s < 3 * BURNED_S + WAITED_S
    assert cost.devices_s == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells of other processes")
def test_other_processes_are_counted_in_ticks() -> None:
    def action() -> None:
        for _ in range(6):
            burn()

    cost = cost_of(action, [os.getpid(), os.getpid()])  # twice: they are added up
    assert cost.devices_s == pytest.approx(2 * cost.host_s, abs=0.05)


def test_a_process_that_cannot_be_looked_at_is_unknown_and_not_free() -> None:
    assert cost_of(lambda: None, [999_999_999]).devices_s is None


def test_a_program_may_be_called_anything() -> None:
    stat = "4711 (a) 1 2 (b) R 1 1 1 0 -1 4194304 91 0 0 0 70 5 900 900 20 0 1 0 77 8 9"
    assert ticks_in(stat) == 75


def test_eight_cameras_are_judged_by_the_programs_cpu_seconds() -> None:
    one = [Cost(0.1, 0.2, 0.3), Cost(0.2, 0.0, 0.3), Cost(0.1, None, 0.3)]
    eight = [Cost(0.9, 1.6, 0.6), Cost(1.6, 2.0, 0.6), Cost(0.8, 1.0, 0.6)]
    found = several_rows(eight, one)
    assert [row.verdict for row in found] == ["met", "reported", "reported"]
    # the emulators' is that of the only round in which both are known
    assert [row.ratio for row in found] == pytest.approx([8.0, 8.0, 2.0])
    (missed, *_) = several_rows([Cost(0.86, None, 1.0)], [Cost(0.1, None, 1.0)])
    assert missed.verdict == "missed"


def test_without_the_emulators_cpu_its_row_is_left_out() -> None:
    assert len(several_rows([Cost(0.8, None, 1.0)], [Cost(0.1, None, 1.0)])) == 2


@pytest.mark.parametrize(
    ("times_as_long", "verdicts"),
    [(10.0, ["met", "met"]), (8.4, ["met", "missed"]), (11.6, ["missed", "met"]), (11.4, ["met", "met"])],
)
def test_ten_times_the_photo_may_take_ten_times_as_long(times_as_long: float, verdicts: list[str]) -> None:
    one_s = 0.02

    def photo(size: int) -> Fetched:
        time_s = one_s if size == SMALL_BYTES else one_s * times_as_long
        return Fetched(size, time_s, 2 * time_s, 3 * time_s)

    found = growth_rows([[photo(size) for size in SIZES]])
    assert [row.verdict for row in found] == [*verdicts, "reported", "reported"]
    assert [row.ratio for row in found] == pytest.approx([times_as_long / 10] * 4)
    assert [row.peer for row in found[1:]] == ["20.0 ns", "40.0 ns", "60.0 ns"]
