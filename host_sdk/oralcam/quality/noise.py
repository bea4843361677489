"""How noisy a picture is, seen through what it shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# the mask's response to white noise of sigma 1, and the median of a normal distribution's magnitude
RESPONSE = 6.0
MEDIAN_OF_MAGNITUDE = 0.6745
ROWS, COLUMNS = 3, 2


def noise_of(signed: NDArray[np.int16]) -> float:
    """Return the standard deviation of the noise in levels, 0 or more.

    The mask 1 -2 1 / -2 4 -2 / 1 -2 1 leaves nothing of a plane or of a straight edge along the rows or
    columns (J. Immerkaer, Fast noise variance estimation, Computer Vision and Image Understanding 64, 1996);
    the median in place of his mean ignores the few places with corners. It cannot tell noise from texture as
    fine as a pixel. A sixth of the places is enough: masks that overlap say nearly the same.
    """
    above, here, below = signed[:-2:ROWS], signed[1:-1:ROWS], signed[2::ROWS]
    down = above - here
    down += below
    down -= here
    both = down[:, :-2] - down[:, 1:-1]
    both += down[:, 2:]
    both -= down[:, 1:-1]
    magnitudes = np.bincount(np.abs(both[:, ::COLUMNS].ravel()))
    return _median(magnitudes.tolist()) / (RESPONSE * MEDIAN_OF_MAGNITUDE)


def _median(counts: list[int]) -> float:
    """Return the median of whole numbers, spread evenly over their steps: 3 means 2.5..3.5, 0 means
    0..0.5.
    """
    middle = sum(counts) / 2
    below = 0
    step = 0
    while below + counts[step] < middle:
        below += counts[step]
        step += 1
    low, width = (step - 0.5, 1.0) if step else (0.0, 0.5)
    return low + width * (middle - below) / counts[step]
