"""Clipping: what the sensor could not tell apart any more."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from oralcam.quality.pixels import Pixels

DARKEST = 4
BRIGHTEST = 250


class Clipping(NamedTuple):
    """Shares of the picture that are clipped, 0..1: `dark` is black, `bright` has a full channel."""

    dark: float
    bright: float


def clipping(pixels: Pixels) -> Clipping:
    """Return the shares of the picture, 0..1, that are black and that have a full channel.

    Black is luma of at most 4; full is red, green or blue of at least 250. One full channel is enough: gums
    fill red first and lose their detail there. Colours come from Y, Cb and Cr as JFIF defines them (ITU-T
    T.871, clause 7). Single full pixels are not seen: a pixel here is a mean of several.
    """
    return Clipping(pixels.levels.share_up_to(DARKEST), _bright(pixels))


def _bright(pixels: Pixels) -> float:
    sample = pixels.sample
    if sample.blue is None or sample.red is None:
        return pixels.levels.share_from(BRIGHTEST)
    # R = Y + 1.402 Cr, B = Y + 1.772 Cb, G = Y - 0.344 Cb - 0.714 Cr; in 1/64 of a level it fits 16 bits
    blue, red = sample.blue.astype(np.int16) - 128, sample.red.astype(np.int16) - 128
    most = np.maximum(90 * red, 113 * blue)
    np.maximum(most, -22 * blue - 46 * red, out=most)
    most += np.int16(64) * sample.luma.astype(np.int16)
    return int(np.count_nonzero(most >= 64 * BRIGHTEST)) / most.size
