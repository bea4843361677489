"""Hours of light with parts that raise, hang and lie: some here, thousands in CI (`tools.faults.light`)."""

from __future__ import annotations

import pytest

from tools.faults.light.plain import PlainRun, simulate

SEEDS = 40
SHARES = 4
# found once, each for a reason of its own; they stay
FOUND = (1, 13, 51, 58, 107, 237)


@pytest.mark.parametrize("share", range(SHARES))
def test_hours_on_the_plain_values(share: int) -> None:
    for seed in range(share, SEEDS, SHARES):
        assert simulate(str(seed)) == [], f"python -m tools.faults.light plain --seed {seed} --runs 1"


@pytest.mark.parametrize("seed", FOUND)
def test_what_was_found_once_is_not_found_again(seed: int) -> None:
    assert simulate(str(seed)) == []


def test_a_seed_is_an_hour() -> None:
    first, again = PlainRun("77"), PlainRun("77")
    first.carry_out()
    again.carry_out()
    assert (first.hardware.now_s, first.hardware.currents_ua) == (
        again.hardware.now_s,
        again.hardware.currents_ua,
    )


def test_an_hour_has_light_in_it() -> None:
    lit_s = 0.0
    for seed in range(10):
        run = PlainRun(str(seed))
        assert run.carry_out() == []
        lit_s += run.judge.lit_s
    assert lit_s > 600
