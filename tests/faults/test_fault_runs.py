"""Fault runs: a few at each level here, thousands in CI (`python -m tools.faults.runs`)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.faults.proxy.faults import KINDS
from tools.faults.runs.plan import plan_run
from tools.faults.runs.simulation.run import LARGEST_PHOTO, simulate
from tools.faults.runs.verdict import Outcome, judge

REPOSITORY = Path(__file__).resolve().parents[2]
DEADLINE_S = 100
# found once, each for a reason of its own; they stay
FOUND = (53, 166, 539, 1177, 1412, 1582, 2238, 4126, 10314, 11477, 12609, 13373)


def fault_runs(*words: str) -> tuple[int, dict[str, Any]]:
    """Exit code and summary of the command."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.faults.runs", *words, "--json"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
    )
    assert done.stdout, done.stderr
    summary: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, summary


def test_simulated_runs_lose_nothing_silently_and_double_nothing() -> None:
    code, summary = fault_runs("simulated", "--seed", "20000", "--runs", "300")
    assert (code, summary["failures"]) == (0, {})
    assert (summary["runs"], summary["duplicates"], summary["silent losses"]) == (300, 0, 0)
    assert summary["presses"] > 900
    assert summary["accepted"] > 900
    assert summary["reported losses"] > 50
    assert set(summary["injected"]) == {*KINDS, "unplug", "kill"}


def test_real_runs_lose_nothing_silently_and_double_nothing() -> None:
    code, summary = fault_runs("real", "--seed", "300", "--runs", "8")
    assert (code, summary["failures"]) == (0, {})
    assert (summary["runs"], summary["duplicates"], summary["silent losses"]) == (8, 0, 0)
    assert summary["accepted"] > 10


def test_a_broken_acknowledgement_is_noticed_by_simulated_runs() -> None:
    code, summary = fault_runs("simulated", "--seed", "0", "--runs", "150", "--broken-acknowledgement")
    assert code == 1
    assert summary["silent losses"] > 0


@pytest.mark.timeout(900)  # eight times what a quiet machine needs
def test_a_broken_acknowledgement_is_noticed_by_real_runs() -> None:
    """About every third of the runs notices it, on a machine that is not busy: a busy one gets more tries."""
    for seed in range(0, 800, 100):
        code, summary = fault_runs("real", "--seed", str(seed), "--runs", "16", "--broken-acknowledgement")
        if code == 1 and summary["silent losses"] > 0:
            return
    pytest.fail("none of 128 real runs noticed that photos were acknowledged before they were durable")


@pytest.mark.parametrize("seed", FOUND)
def test_what_was_found_once_is_not_found_again(seed: int) -> None:
    assert judge(simulate(plan_run(str(seed), largest_photo=LARGEST_PHOTO))).complaints == ()


def test_a_seed_is_a_run() -> None:
    first, again = (simulate(plan_run("77", largest_photo=LARGEST_PHOTO)) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"spooled": [(1, "a")]}, "accepted photos [2] are neither here nor reported as lost"),
        ({"spooled": [(1, "a"), (2, "b"), (2, "b")]}, "1 photos twice"),
        ({"saved": [(1, "a")]}, "1 photos twice"),
        ({"spooled": [(1, "a"), (2, "x")]}, "photo 2 is not what the sensor saw"),
        ({"spooled": [(1, "a"), (2, "b"), (3, "c")]}, "photo 3 is not what the sensor saw"),
        ({"lost": [2]}, "photos [2] are here and reported as lost"),
        ({"lost": [3, 3]}, "losses reported twice"),
        ({"spooled": [(1, "a")], "lost": [2], "keeps_photos": True}, "a store that keeps photos lost [2]"),
        ({"trouble": ["a call took 100 s"]}, "a call took 100 s"),
        ({"presses": 3}, "3 presses (0 of them maybe unseen) became 2 photos"),
        ({"presses": 1}, "1 presses"),
    ],
)
def test_the_judge_complains(changed: dict[str, Any], complaint: str) -> None:
    good = {
        "accepted": {1: "a", 2: "b"},
        "spooled": [(1, "a"), (2, "b")],
        "presses": 2,
        "pressed_photos": 2,
    }
    assert judge(Outcome("0", keeps_photos=False, **good)).complaints == ()  # type: ignore[arg-type]
    facts = {"keeps_photos": False, **good, **changed}
    assert any(complaint in each for each in judge(Outcome("0", **facts)).complaints)
