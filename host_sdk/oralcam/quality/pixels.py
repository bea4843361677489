"""The pixels that are measured: one photo, decoded once, about 320 pixels along its longer side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from oralcam.quality.change import Change, changes
from oralcam.quality.levels import Levels
from oralcam.quality.noise import noise_of

Bytes = NDArray[np.uint8]

LONG_SIDE = 320  # four pixels of a 720p photo are one: it takes 15/16 of the noise's power away
SAMPLED = 3  # shares and means need a ninth of the pixels
FINE_ROWS = 3
LAGS = 80  # coarse change is taken over the longer side divided by this: finer than a tooth's edge is wide
ACROSS, FALLING, DOWN, RISING = 0, 45, 90, 135  # degrees, clockwise from the rows
DIRECTIONS = {ACROSS: (0, 1), FALLING: (1, 1), DOWN: (1, 0), RISING: (1, -1)}  # pixels down, pixels across


@dataclass(frozen=True, eq=False)
class Sample:
    """Every third row and column, for shares and means: luma, and Cb and Cr where the photo has colours."""

    luma: Bytes
    blue: Bytes | None = None
    red: Bytes | None = None


@dataclass(frozen=True, eq=False)
class Pixels:
    """One photo's pixels. `luma` is (rows, columns), 0..255 as JPEG defines it; `sample` is a part of it.

    It has at least 64 rows and columns, and knows the photo's own size. What several figures need is worked
    out once, here.
    """

    luma: Bytes
    sample: Sample
    width: int
    height: int

    @cached_property
    def levels(self) -> Levels:
        """The histogram of the sample's luma."""
        return Levels.of(self.sample.luma)

    @cached_property
    def signed(self) -> NDArray[np.int16]:
        """The luma with a sign, for differences."""
        return self.luma.astype(np.int16)

    @cached_property
    def noise(self) -> float:
        """The standard deviation of the noise, in levels."""
        return noise_of(self.signed)

    @cached_property
    def fine(self) -> dict[int, Change]:
        """The change between neighbours, by direction.

        Down, it is taken in every row: every third might miss a level edge.
        """
        return {**self._changes(1, FINE_ROWS, (ACROSS, FALLING, RISING)), **self._changes(1, 1, (DOWN,))}

    @cached_property
    def coarse(self) -> dict[int, Change]:
        """The change between pixels that are 1/80 of the longer side apart, by direction."""
        lag = max(2, round(max(self.luma.shape) / LAGS))
        return self._changes(lag, lag - 1, tuple(DIRECTIONS))

    def _changes(self, lag: int, every: int, directions: tuple[int, ...]) -> dict[int, Change]:
        steps = [(down * lag, across * lag) for down, across in map(DIRECTIONS.__getitem__, directions)]
        return dict(zip(directions, changes(self.signed, steps, every, self.noise), strict=True))
