"""Targets whose figures are known, as an ideal camera with one known fault sees them: linear light, 0..1."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image

from hil_tests.optics.colour_chart import ChartReference
from hil_tests.optics.colour_space import light_of
from hil_tests.optics.linear_light import FULL, Floats, srgb
from hil_tests.optics.region import Region

DARK, BRIGHT = 0.1, 0.6
SEED = 1
SLANT = 5.0  # degrees from the upright
ERF = np.vectorize(math.erf, otypes=[float])


def edge(width: int, height: int, blur_px: float, slant: float = SLANT) -> Floats:
    """Return an edge through the middle, blurred by a Gaussian of that sigma: (height, width, 3)."""
    rows, columns = np.indices((height, width))
    tilt = math.radians(slant)
    distance = (columns - (width - 1) / 2) * math.cos(tilt) - (rows - (height - 1) / 2) * math.sin(tilt)
    step = (1 + ERF(distance / (blur_px * math.sqrt(2)))) / 2
    return np.repeat((DARK + (BRIGHT - DARK) * step)[..., None], 3, axis=2)


def blurred_mtf50(blur_px: float) -> float:
    """Cycles a pixel at which exp(-2 (pi sigma f)²), a Gaussian's transfer function, is a half."""
    return math.sqrt(math.log(2) / 2) / (math.pi * blur_px)


def chart(width: int, height: int, reference: ChartReference, tint: tuple[float, float, float]) -> Floats:
    """Return a chart, its light times a tint; raise `ValueError` for a patch that no screen shows."""
    light = light_of(reference.lab) * np.array(tint)
    if light.min() < 0 or light.max() > 1:
        raise ValueError("A patch lies outside of what sRGB can show.")
    row = np.arange(height) * reference.rows // height
    column = np.arange(width) * reference.columns // width
    number = np.minimum(row[:, None] * reference.columns + column[None, :], len(reference.names) - 1)
    found: Floats = light[number]
    return found


def placed(picture: Floats, region: Region, width: int, height: int) -> Floats:
    """Return even light with the picture in its region, nearest pixels taken."""
    found = np.full((height, width, 3), BRIGHT)
    window = found[region.window(height, width)]
    rows = np.arange(window.shape[0]) * picture.shape[0] // window.shape[0]
    columns = np.arange(window.shape[1]) * picture.shape[1] // window.shape[1]
    window[:] = picture[rows[:, None], columns[None, :]]
    return found


def flat(width: int, height: int, fall_off: float) -> Floats:
    """Return light that falls with the squared distance from the middle, by `fall_off` in the corners."""
    rows, columns = np.indices((height, width))
    across = (columns - (width - 1) / 2) / (width / 2)
    down = (rows - (height - 1) / 2) / (height / 2)
    light = BRIGHT * (1 - fall_off * (across**2 + down**2) / 2)
    return np.repeat(light[..., None], 3, axis=2)


def jpeg_of(light: Floats) -> bytes:
    """Encode it as a camera would, with a noise of about a level, and without thinning the colours out.

    Without noise each even patch would be rounded one way, and JPEG rounds once more.
    """
    noise = np.random.default_rng(SEED).normal(0, 1, light.shape)
    levels = np.clip(np.round(srgb(light) * FULL + noise), 0, FULL).astype(np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(levels).save(encoded, "JPEG", quality=95, subsampling="4:4:4")
    return encoded.getvalue()
