"""Faults by chance, all of it from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tools.faults.proxy.faults import KINDS, Fault

LONGEST_S = {"delay": 0.3, "rate": 0.6, "stall": 0.8, "half_open": 1.0, "clock_jump": 90.0}
MOST_BYTES = {"drop": 5000, "corrupt": 40, "duplicate": 3000, "reorder": 2000, "delay": 4000, "rate": 4000}


def plan(
    seed: str,
    *,
    up_bytes: int,
    down_bytes: int,
    count: int,
    kinds: Sequence[str] = tuple(KINDS),
    time_scale: float = 1.0,
) -> list[Fault]:
    """`count` faults spread over so many bytes of each direction; all times but the clock's are scaled."""
    chance = random.Random(seed)
    faults = []
    for _ in range(count):
        kind = chance.choice(list(kinds))
        direction, span = chance.choice((("up", up_bytes), ("up", up_bytes), ("down", down_bytes)))
        with_amount, with_seconds = KINDS[kind]
        seconds = chance.uniform(0.01, LONGEST_S[kind]) if with_seconds else 0.0
        if kind != "clock_jump":
            seconds *= time_scale
        amount = min(round(chance.uniform(0, 1) ** 3 * MOST_BYTES[kind]) + 1, span) if with_amount else 0
        faults.append(Fault(kind, direction, chance.randrange(span), amount, round(seconds, 3)))
    return sorted(faults, key=lambda fault: (fault.direction, fault.at))
