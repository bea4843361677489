"""What happens in a run, all of it from its seed."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tools.faults.proxy.faults import Fault
from tools.faults.proxy.plan import plan as plan_faults

QUIET_S = 0.15  # between two presses: faster ones are a hand's double press


@dataclass(frozen=True)
class RunPlan:
    """Times are seconds from the start of the run."""

    seed: str
    keeps_photos: bool
    largest_photo: int
    room: int  # bytes of the camera's store
    presses: tuple[float, ...]
    captures: tuple[float, ...]  # when the program takes a photo itself
    resets: tuple[float, ...]
    unplugs: tuple[float, ...]
    clock_jumps: tuple[float, ...]
    cut_writes: tuple[int, ...]  # simulated: the power fails in the n-th write after the one before
    kills: tuple[float, ...]  # parts of a life, 0..1, after which the program is killed
    faults: tuple[Fault, ...]
    end_s: float


def plan_run(seed: str, *, largest_photo: int, end_s: float = 6.0) -> RunPlan:
    """Several presses and captures; faults on the link; an unplug; a reset or a kill, mostly both."""
    chance = random.Random(f"run {seed}")
    presses = _times(chance, chance.randint(2, 7), end_s, QUIET_S)
    count = len(presses)
    bytes_up = max(2000, count * largest_photo // 2)
    return RunPlan(
        seed=seed,
        keeps_photos=chance.random() < 0.5,
        largest_photo=largest_photo,
        room=largest_photo * chance.choice((2, 4, 40)),
        presses=presses,
        captures=_times(chance, chance.randint(0, 2), end_s, 0.0),
        resets=_times(chance, chance.randint(0, 2), end_s, 0.0),
        unplugs=_times(chance, chance.randint(1, 2), end_s, 0.0),
        clock_jumps=_times(chance, chance.randint(0, 1), end_s, 0.0),
        cut_writes=tuple(chance.randint(0, 60) for _ in range(chance.choice((0, 0, 1, 2)))),
        kills=tuple(chance.random() for _ in range(chance.choice((0, 1, 1, 2)))),
        faults=tuple(
            plan_faults(f"faults {seed}", up_bytes=bytes_up, down_bytes=4000, count=chance.randint(3, 12))
        ),
        end_s=end_s,
    )


def _times(chance: random.Random, count: int, end_s: float, apart_s: float) -> tuple[float, ...]:
    moments: list[float] = []
    for moment in sorted(chance.uniform(0.0, end_s) for _ in range(count)):
        if not moments or moment - moments[-1] >= apart_s:
            moments.append(moment)
    return tuple(moments)
