"""Colour difference CIEDE2000, checked against the pairs of Sharma, Wu and Dalal."""

from __future__ import annotations

import numpy as np

from hil_tests.optics.linear_light import Floats


def delta_e(one: Floats, other: Floats) -> Floats:
    """ΔE00 between CIELAB colours (…, 3): 1 is about what a trained eye sees side by side.

    G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 Color-Difference Formula", Color Res. Appl. 30 (2005) 21-30;
    all weights are 1.
    """
    (light1, a1, b1), (light2, a2, b2) = (np.moveaxis(each, -1, 0) for each in (one, other))
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - _near_neutral(chroma))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    coloured = c1 * c2 != 0
    turn = h2 - h1
    turn = np.where(turn > 180, turn - 360, np.where(turn < -180, turn + 360, turn))
    turn = np.where(coloured, turn, 0)
    d_light, d_chroma = light2 - light1, c2 - c1
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))

    light, chroma = (light1 + light2) / 2, (c1 + c2) / 2
    hue = np.where(coloured, _mean_hue(h1, h2), h1 + h2)
    t = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    blue = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    rotation = -np.sin(np.radians(2 * blue)) * 2 * _near_neutral(chroma)
    parts = (d_light / s_light, d_chroma / s_chroma, d_hue / s_hue)
    found: Floats = np.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2])
    return found


def _near_neutral(chroma: Floats) -> Floats:
    """0 for grays, towards 1 for full colours."""
    found: Floats = np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    return found


def _mean_hue(h1: Floats, h2: Floats) -> Floats:
    """Return the hue half-way on the shorter arc, degrees."""
    total = h1 + h2
    far = np.abs(h1 - h2) > 180
    return np.where(far, np.where(total < 360, total + 360, total - 360), total) / 2
