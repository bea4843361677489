"""What the firmware's work costs, in instructions, and how its heap is after an hour, in virtual time."""

from __future__ import annotations

import pytest

from oralcam.emulator.qemu_arm.images import MACHINES
from tools.testbeds.qemu_arm.virtual_time.figures import LONGEST_STEP, changes
from tools.testbeds.qemu_arm.virtual_time.run import run_in_virtual_time

TIMEOUT_S = 600.0
LEAST_LARGEST = 16 * 1024


@pytest.mark.parametrize("board", MACHINES)
def test_no_step_keeps_the_others_waiting_and_two_runs_are_equal(board: str) -> None:
    figures, again = (run_in_virtual_time(board, "instructions", TIMEOUT_S) for _ in range(2))
    assert figures["longest_step"] <= LONGEST_STEP, figures["longest_step_of"]
    assert figures == again


def test_a_change_of_more_than_two_per_cent_is_told() -> None:
    figures = run_in_virtual_time("qemu-arm", "instructions", TIMEOUT_S)
    assert changes(figures, figures) == []
    slower = {**figures, "light_check": figures["light_check"] * 1.03, "health": figures["health"] * 1.01}
    assert [change.name for change in changes(figures, slower)] == ["light_check"]
    assert [change.name for change in changes(slower, figures)] == ["light_check"]


@pytest.mark.timeout(TIMEOUT_S)
def test_an_hour_of_polite_use_leaves_the_heap_in_one_piece() -> None:
    hour = run_in_virtual_time("qemu-arm", "polite_hour", TIMEOUT_S)
    assert hour["photos"] > 200
    assert hour["task_restarts"] == 0
    assert hour["heap_largest_smallest"] >= LEAST_LARGEST
