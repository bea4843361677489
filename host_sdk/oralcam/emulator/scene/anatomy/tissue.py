"""The soft parts: the cavity with palate, cheeks and throat; tongue; lips; and the retractor."""

from __future__ import annotations

import numpy as np

from .space import Field, Points, smooth_min, smooth_step


def _pillow(x: Field, y: Field, half_x: Field | float, half_y: Field | float) -> Field:
    """Radius in a rounded rectangle: 1 on its edge."""
    ex, ey = x / half_x, y / half_y
    ex, ey = ex * ex, ey * ey
    result: Field = np.sqrt(np.sqrt(ex * ex + ey * ey + 1e-9))
    return result


def cavity(p: Points) -> Field:
    """Distance to the walls of the mouth, mm; positive in the open."""
    x, y, z = p
    back = smooth_step(z, 8.0, 62.0)
    narrow = smooth_step(z, 46.0, 60.0) * (1.0 - 0.35 * smooth_step(z, 62.0, 74.0))
    half_x = 41.0 - 6.0 * back - 19.0 * narrow
    roof = 30.0 - 6.0 * back - 13.0 * narrow
    floor = 30.0 - 6.0 * back
    half_y = np.where(y > 0, roof, floor)
    # Rugae: the folds behind the upper incisors.
    folds = 0.35 * np.sin(z * 1.5 + 0.35 * np.abs(x)) * smooth_step(np.abs(x), 15.0, 8.0) * (y > 8)
    folds = folds * smooth_step(z, 7.0, 11.0) * smooth_step(z, 30.0, 24.0)
    side = (1.0 - _pillow(x, y, half_x, half_y)) * np.minimum(half_x, half_y) - folds
    result: Field = np.minimum(side, 86.0 - z)
    return result


def uvula(p: Points) -> Field:
    """Distance to the uvula, mm."""
    x, y, z = p
    y = y - np.clip(y, 6.0, 14.0)
    result: Field = np.sqrt(x * x + y * y + (z - 62.0) ** 2) - 2.6
    return result


def tongue(p: Points) -> Field:
    """Distance to the tongue, mm: broad, resting behind the lower incisors, with a furrow."""
    x, y, z = p
    lift = 2.5 * smooth_step(z, 8.0, 50.0)
    furrow = 1.3 / (1.0 + x * x * 0.12) * smooth_step(z, 8.0, 20.0)
    ex, ey, ez = x / 17.5, (y + 19.5 - lift + furrow) / 9.5, (z - 40.0) / 33.0
    ex2, ez2 = ex * ex, ez * ez
    f = ex2 * (0.5 + 0.5 * ex2) + ey * ey + ez2 * (0.4 + 0.6 * ez2)
    gx, gy, gz = ex * (1.0 + 2.0 * ex2) / 17.5, 2.0 * ey / 9.5, ez * (0.8 + 2.4 * ez2) / 33.0
    result: Field = (f - 1.0) / np.sqrt(gx * gx + gy * gy + gz * gz + 1e-4)
    return result


def _ring(p: Points, half_x: float, half_y: float, depth: float, thick: float) -> Field:
    x, y, z = p
    r = (_pillow(x, y, half_x, half_y) - 1.0) * min(half_x, half_y)
    result: Field = np.sqrt(r * r + (z - depth) ** 2) - thick
    return result


def retractor(p: Points) -> Field:
    """Distance to the retractor's rim, mm."""
    return _ring(p, 41.5, 30.0, -9.0, 1.7)


def lips(p: Points) -> Field:
    """Distance to the lips stretched over the retractor, and the skin around them, mm."""
    ring = _ring(p, 46.5, 35.0, -7.5, 4.8)
    skin = np.maximum(-p[2] - 7.5, 38.0 - (_pillow(p[0], p[1], 50.0, 38.0)) * 38.0)
    return smooth_min(ring, skin, 3.0)


def throat_shade(z: Field) -> Field:
    """How much of the colour is left at depth `z` mm: light that goes far back does not return."""
    result: Field = 1.0 - 0.8 * smooth_step(z, 48.0, 76.0)
    return result

