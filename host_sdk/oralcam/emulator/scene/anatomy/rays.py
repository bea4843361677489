"""From the lens to the surfaces: sphere tracing, piece by piece of the picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .mouth import Mouth, Part
from .space import Field, Points

EYE_Z = -80.0  # mm; the lens looks along z
HALF_VIEW = 0.545  # tangent of half the horizontal field of view
NEAREST, FARTHEST = 58.0, 175.0  # mm along a ray: nothing stands before or behind
_TILE, _COARSE = 96, 6


@dataclass(frozen=True)
class Patch:
    """A rectangle of pixels: where its rays end (mm), and the part of the mouth they see."""

    rows: slice
    columns: slice
    points: Points
    rays: Points
    part: Part


def _trace(part: Part, rays: Points, start: Field, cone: float, steps: int) -> Field:
    """Follow each ray until the surface is nearer than `cone` times the way gone; returns ways, mm."""
    way = start.ravel().copy()
    rx, ry, rz = (r.ravel() for r in rays)
    alive = np.arange(way.size)
    for _ in range(steps):
        t = way[alive]
        gap = part.distance((rx[alive] * t, ry[alive] * t, rz[alive] * t + np.float32(EYE_Z)))
        moving = gap > cone * t
        way[alive] = np.where(moving | (cone < 1e-3), t + gap * np.float32(0.9), t)
        alive = alive[moving & (way[alive] < FARTHEST)]
        if not alive.size:
            break
    return np.minimum(way, FARTHEST).reshape(start.shape)


def _rays(columns: Field, rows: Field, size: tuple[int, int]) -> Points:
    width, height = size
    pixel = 2.0 * HALF_VIEW / width
    x = (columns - np.float32((width - 1) / 2)) * np.float32(pixel)
    y = (np.float32((height - 1) / 2) - rows) * np.float32(pixel)
    x, y = np.broadcast_arrays(x[None, :], y[:, None])
    z = 1.0 / np.sqrt(x * x + y * y + 1.0)
    return (x * z).astype(np.float32), (y * z).astype(np.float32), z.astype(np.float32)


def patches(mouth: Mouth, size: tuple[int, int]) -> Iterator[Patch]:
    """Trace a picture of `size` (width, height) pixels, a patch at a time."""
    width, height = size
    pixel = 2.0 * HALF_VIEW / width
    tile = max(16, _TILE * width // 1280)
    eye = np.array((0.0, 0.0, EYE_Z))
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            rows = np.arange(top, min(top + tile, height), dtype=np.float32)
            columns = np.arange(left, min(left + tile, width), dtype=np.float32)
            rays = _rays(columns, rows, size)
            middle = np.array([float(r.mean()) for r in rays])
            part = mouth.part(eye, middle / np.linalg.norm(middle), pixel * tile * 0.72)
            # A few thick cones first: they bring every pixel's ray close to its surface.
            wide = _rays(columns[:: _COARSE] + (_COARSE - 1) / 2, rows[:: _COARSE] + (_COARSE - 1) / 2, size)
            cone = pixel * _COARSE * math.sqrt(0.5)
            near = _trace(part, wide, np.full_like(wide[0], NEAREST), cone, 40)
            start = near.repeat(_COARSE, 0).repeat(_COARSE, 1)[: rows.size, : columns.size]
            way = _trace(part, rays, start, pixel * 0.5, 22)
            points = (rays[0] * way, rays[1] * way, rays[2] * way + np.float32(EYE_Z))
            yield Patch(slice(top, top + rows.size), slice(left, left + columns.size), points, rays, part)
