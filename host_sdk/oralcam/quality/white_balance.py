"""White balance: what colour the picture's white has."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from oralcam.quality.pixels import Pixels

NEUTRAL = (128.0, 128.0)
BRIGHT_PERCENT = 90
CLIPPED = 250  # where channels are full the colour is lost


class WhiteBalance(NamedTuple):
    """A picture's cast: `deviation` from neutral in levels; `blue` and `red`, its Cb and Cr minus
    neutral's.
    """

    deviation: float
    blue: float
    red: float


def white_balance(pixels: Pixels, neutral: tuple[float, float] = NEUTRAL) -> WhiteBalance | None:
    """Return how far the colour of the brightest tenth is from neutral, in levels of Cb and Cr.

    It is None for a gray photo. This is the "white patch" estimate: the brightest parts of a mouth are enamel
    and the highlights on it, nearly the light's own colour; a mean over the whole picture would always call
    gums a red cast. `neutral` is (Cb, Cr) of enamel under a calibrated light, (128, 128) if nobody measured
    it. Full pixels are left out. It measures the cast of the photo, not the shade of a tooth, and takes a
    yellow tooth for a yellow light.
    """
    sample = pixels.sample
    if sample.blue is None or sample.red is None:
        return None
    luma = sample.luma.ravel()
    tenth = np.flatnonzero(luma >= pixels.levels.percentile(BRIGHT_PERCENT))
    chosen = tenth[luma[tenth] < CLIPPED]
    if not chosen.size:
        chosen = tenth
    blue, red = (int(chroma.ravel()[chosen].sum()) / chosen.size for chroma in (sample.blue, sample.red))
    blue, red = blue - neutral[0], red - neutral[1]
    return WhiteBalance(math.hypot(blue, red), blue, red)
