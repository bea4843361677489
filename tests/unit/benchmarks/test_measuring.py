from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.benchmarks.measuring import Plan, median_ratio, megabytes_per_second, paired, percentile


def _noted(calls: list[str], name: str) -> Callable[[], int]:
    def subject() -> int:
        calls.append(name)
        return len(calls)

    return subject


def test_every_subject_is_called_once_a_round_and_the_first_round_is_thrown_away():
    calls: list[str] = []
    subjects = {name: _noted(calls, name) for name in "abc"}
    values = paired(subjects, 11, random.Random(1))
    assert len(calls) == 3 * 12
    assert {name: len(each) for name, each in values.items()} == {"a": 11, "b": 11, "c": 11}
    assert min(min(each) for each in values.values()) == 4  # the first three were to warm up
    for turn in range(12):
        assert sorted(calls[3 * turn : 3 * turn + 3]) == ["a", "b", "c"]


def test_rounds_are_shuffled_and_a_seed_repeats_them():
    def order(seed: int) -> list[str]:
        calls: list[str] = []
        paired({name: _noted(calls, name) for name in "abc"}, 20, random.Random(seed))
        return calls

    assert order(5) == order(5)
    assert order(5) != order(6)
    assert len({tuple(order(5)[at : at + 3]) for at in range(3, 60, 3)}) > 1


def test_the_ratio_is_paired_so_a_slow_round_disturbs_nothing():
    assert median_ratio([10, 1000, 12], [1, 100, 1]) == 10


def test_rounds_that_do_not_pair_are_refused():
    with pytest.raises(ValueError, match="zip"):
        median_ratio([1, 2], [1])


@pytest.mark.parametrize(
    ("percent", "expected"), [(0, 1), (1, 1), (50, 50), (99, 99), (99.5, 100), (100, 100)]
)
def test_percentile_is_nearest_rank(percent, expected):
    assert percentile(range(100, 0, -1), percent) == expected


def test_speed_is_that_of_the_median():
    assert megabytes_per_second(2_000_000, [1.0, 2.0, 9.0]) == 1.0


def test_a_budget_gets_the_same_chance_whatever_else_is_measured():
    plan = Plan(11, 3, Path())
    assert plan.chance("P1").random() == plan.chance("P1").random() != plan.chance("P8").random()
