"""How much pixels differ that are a step apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Step = tuple[int, int]  # rows down, 0 or more; columns to the right, negative to the left


class Change(NamedTuple):
    """Two means over the picture, without the noise: of the squared difference, and of its fourth power.

    The units are levels² and levels⁴, 0 or more. The fourth power listens to the strongest edges only.
    """

    square: float
    fourth: float


def changes(signed: NDArray[np.int16], steps: Sequence[Step], every: int, noise: float) -> list[Change]:
    """Return the change between pixels that are a step apart, for each step over the same pixels.

    Every `every`-th row counts. Noise of standard deviation `noise`, independent from pixel to pixel, adds 2
    sigma² to the square.
    """
    rows, columns = signed.shape
    last = rows - max(down for down, _ in steps)
    margin = max(abs(across) for _, across in steps)
    here = signed[:last:every, margin : columns - margin]
    found = []
    for down, across in steps:  # one by one: they all fit into the processor's cache
        there = signed[down : last + down : every, margin + across : columns - margin + across]
        power = (there - here).ravel().astype(np.float32)
        square = float(np.dot(power, power)) / power.size
        power *= power
        fourth = float(np.dot(power, power)) / power.size
        found.append(_without(noise, square, fourth))
    return found


def _without(noise: float, square: float, fourth: float) -> Change:
    """Return the means without the noise.

    For a difference d and noise n in it: mean (d+n)² = d² + n², mean (d+n)⁴ = d⁴ + 6 d² n² + 3 (n²)².
    """
    added = 2 * noise**2
    clean = max(0.0, square - added)
    return Change(clean, max(0.0, fourth - 6 * added * clean - 3 * added**2))
