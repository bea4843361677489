"""How everything here is measured: paired, shuffled, judged by the median of ratios, on CPUs of its own."""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

PHOTO_BYTES = 2_000_000
HOST_CPU = 0
DEVICE_CPU = 1

Value = TypeVar("Value")


@dataclass(frozen=True)
class Plan:
    """What a budget needs to know: `rounds` to measure, chance, an empty folder of its own on a real disk.

    `corrupted` asks P2 for its row with damaged frames too.
    """

    rounds: int
    seed: int
    folder: Path
    corrupted: bool = False

    def chance(self, budget: str) -> random.Random:
        """Return the same chance for a budget whether or not others are measured before it."""
        return random.Random(f"{self.seed} {budget}")


def seconds(action: Callable[[], object], repeat: int = 1) -> float:
    """Return the mean seconds of one `action`, carried out `repeat` times in a row."""
    start = time.perf_counter()
    for _ in range(repeat):
        action()
    return (time.perf_counter() - start) / repeat


def paired(
    subjects: Mapping[str, Callable[[], Value]], rounds: int, chance: random.Random
) -> dict[str, list[Value]]:
    """Call every subject once a round, each round in another order; return their values by name.

    What disturbs the machine for longer than a round disturbs all subjects alike. One round before the first
    warms caches and is thrown away.
    """
    values: dict[str, list[Value]] = {name: [] for name in subjects}
    for subject in subjects.values():
        subject()
    for _ in range(rounds):
        order = list(subjects)
        chance.shuffle(order)
        for name in order:
            values[name].append(subjects[name]())
    return values


def median_ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Return the median over rounds of above / below."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that `percent` percent of `values` do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(int(rank), 1) - 1]


def megabytes_per_second(size: int, times_s: Sequence[float]) -> float:
    """Return the rate of the median time; a megabyte is 1,000,000 bytes."""
    return size / statistics.median(times_s) / 1e6


def pin_process(pid: int, cpu: int) -> None:
    """Keep a process on one CPU, where the operating system can and there are two."""
    if hasattr(os, "sched_setaffinity"):
        try:
            os.sched_setaffinity(pid, {cpu})
        except OSError:
            pass  # this machine, or this container, has only the other


@contextmanager
def pinned() -> Iterator[None]:
    """Keep this process and what it starts on HOST_CPU while the context lasts; devices are moved away."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    if {HOST_CPU, DEVICE_CPU} <= before:
        os.sched_setaffinity(0, {HOST_CPU})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
