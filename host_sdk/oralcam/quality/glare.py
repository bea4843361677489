"""Glare: small mirrors of the ring in wet surfaces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from oralcam.quality.pixels import Pixels

BRIGHT = 245
COLOURLESS = 14  # levels of Cb and Cr from neutral: a highlight has the light's colour, not the surface's
WIDEST = 24  # a spot is narrower than the longer side divided by this: a highlight, not a white surface

Mask = NDArray[np.bool_]


def glare(pixels: Pixels) -> float:
    """Return the share of the picture under specular spots, 0..1.

    A spot is bright (luma at least 245), colourless (Cb and Cr within 14 of neutral) and narrow. What a
    square of 1/24 of the longer side fits into is a white surface or overexposed, and belongs to `clipping`.
    It cannot tell a mirror image of the ring from a small white thing, such as a filling or a bracket.
    """
    if not pixels.levels.share_from(BRIGHT):
        return 0.0
    sample = pixels.sample
    bright = sample.luma >= BRIGHT
    for chroma in (sample.blue, sample.red):
        if chroma is not None:
            # 128 - 14 .. 128 + 14 becomes 0 .. 28; what is below wraps around to far above
            bright &= chroma - np.uint8(128 - COLOURLESS) <= 2 * COLOURLESS
    side = max(2, round(max(bright.shape) / WIDEST))
    return int(np.count_nonzero(bright & ~_wide_parts(bright, side))) / bright.size


def _wide_parts(mask: Mask, side: int) -> Mask:
    """Return what squares of `side` pixels that fit into the mask cover of it (a morphological opening)."""
    rows, columns = mask.shape
    wide = np.zeros_like(mask)
    if side > min(rows, columns):
        return wide
    fits = mask  # at the square's top left corner
    for axis in (0, 1):
        fits = _along(fits, side, axis)
    wide[: rows - side + 1, : columns - side + 1] = fits
    for axis in (0, 1):
        wide = _spread(wide, side, axis)
    return wide


def _along(mask: Mask, side: int, axis: int) -> Mask:
    """Return True where `side` pixels in a row, this one first, are True. The mask is shorter by side - 1."""
    done = 1
    while done < side:
        step = min(done, side - done)
        length = mask.shape[axis] - step
        mask = _cut(mask, 0, length, axis) & _cut(mask, step, length, axis)
        done += step
    return mask


def _spread(mask: Mask, side: int, axis: int) -> Mask:
    """Return True where one of the `side` pixels that end with this one is True."""
    done = 1
    while done < side:
        step = min(done, side - done)
        length = mask.shape[axis] - step
        spread = mask.copy()
        _cut(spread, step, length, axis)[...] |= _cut(mask, 0, length, axis)
        mask = spread
        done += step
    return mask


def _cut(mask: Mask, start: int, length: int, axis: int) -> Mask:
    return mask[start : start + length] if axis == 0 else mask[:, start : start + length]
