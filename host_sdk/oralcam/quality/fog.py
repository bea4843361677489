"""Fog: a veil of stray light over the picture."""

from __future__ import annotations

import math

from oralcam.quality.levels import linear
from oralcam.quality.pixels import ACROSS, DOWN, Pixels

CLEAR = 0.5  # local contrast of a clear view
FAINT = 1e-3  # of full light: a black picture has no veil


def fog(pixels: Pixels) -> float:
    """Return the veil times the missing local contrast, 0 (clear) to 1.

    Veil: light of the darkest hundredth as a part of the brightest's (sRGB curve). Breath on the window or
    mirror adds the same light everywhere, and nothing is dark any more. Local contrast: root of half the mean
    square change over 1/80 of the longer side, divided by the mean level. It cannot tell fog from a smooth,
    evenly lit, pale subject.
    """
    darkest, brightest = (linear(pixels.levels.percentile(percent)) for percent in (1, 99))
    if brightest < FAINT:
        return 0.0
    square = (pixels.coarse[ACROSS].square + pixels.coarse[DOWN].square) / 2
    contrast = math.sqrt(square / 2) / max(1.0, pixels.levels.mean)
    return darkest / brightest * max(0.0, 1 - contrast / CLEAR)
