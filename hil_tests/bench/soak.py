"""The length of a soak: some rounds, or some hours."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hil_tests.errors import BenchError

UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration_s(text: str) -> float:
    """Return the seconds of "90s", "30m", "8h" or "2d". Raises `BenchError` for anything else.

    >>> duration_s("8h")
    28800.0
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", text)
    if match is None or not float(match[1]):
        raise BenchError(f"--soak {text} is not a time: write 90s, 30m, 8h or 2d.")
    return float(match[1]) * UNITS_S[match[2]]


class Rounds:
    """The rounds of a soak. Iterate for their numbers; `done` counts, `folder` is for what they leave."""

    def __init__(
        self, rounds: int, seconds: float, folder: Path, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.folder = folder
        self.done = 0
        self._rounds = rounds
        self._seconds = seconds
        self._now = now
        self._began = now()

    @property
    def elapsed_s(self) -> float:
        """The seconds since it began."""
        return self._now() - self._began

    def __iter__(self) -> Iterator[int]:
        while self.elapsed_s < self._seconds if self._seconds else self.done < self._rounds:
            yield self.done
            self.done += 1
