"""Exposure: how dark and how bright the picture is."""

from __future__ import annotations

from typing import NamedTuple

from oralcam.quality.pixels import Pixels


class Exposure(NamedTuple):
    """Levels of luma, 0..255, that a part of the picture does not exceed."""

    p5: int
    p50: int
    p95: int


def exposure(pixels: Pixels) -> Exposure:
    """Return the luma levels that 5, 50 and 95 percent of the picture do not exceed, 0..255.

    It cannot tell a dark subject from too little light.
    """
    levels = pixels.levels
    return Exposure(levels.percentile(5), levels.percentile(50), levels.percentile(95))
