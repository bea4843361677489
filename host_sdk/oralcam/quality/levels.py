"""Statistics of a histogram: mean, spread, percentiles, shares."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

STEPS = np.arange(256, dtype=float)
SQUARES = STEPS**2


@dataclass(frozen=True, eq=False)
class Levels:
    """A histogram. `counts` says how many pixels have level 0, 1 … 255; at least one pixel has one."""

    counts: NDArray[np.intp]

    @classmethod
    def of(cls, luma: NDArray[np.uint8]) -> Levels:
        """Return the histogram of an array of any shape."""
        return cls(np.bincount(luma.ravel(), minlength=256))

    @cached_property
    def _up_to(self) -> list[int]:
        return list(self.counts.cumsum().tolist())

    @property
    def total(self) -> int:
        """The number of pixels."""
        return self._up_to[-1]

    @cached_property
    def mean(self) -> float:
        """The mean level."""
        return float(self.counts @ STEPS) / self.total

    @cached_property
    def variance(self) -> float:
        """The variance, in levels²."""
        return max(0.0, float(self.counts @ SQUARES) / self.total - self.mean**2)

    def percentile(self, percent: float) -> int:
        """Return the lowest level that `percent` percent of the pixels do not exceed (nearest rank)."""
        return bisect_left(self._up_to, self.total * percent / 100)

    def share_up_to(self, level: int) -> float:
        """Return the share of the pixels that are at `level` or darker, 0..1."""
        return self._up_to[level] / self.total

    def share_from(self, level: int) -> float:
        """Return the share of the pixels that are at `level` or brighter, 0..1."""
        return (self.total - self._up_to[level - 1]) / self.total if level > 0 else 1.0


def linear(level: float) -> float:
    """Return the light behind an 8-bit level, 0..1 (the sRGB curve, IEC 61966-2-1)."""
    encoded = level / 255
    return encoded / 12.92 if encoded <= 0.04045 else ((encoded + 0.055) / 1.055) ** 2.4
