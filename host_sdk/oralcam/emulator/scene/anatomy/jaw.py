"""A jaw: its tilt when the mouth is open, the curve its teeth stand on, and the gum ridge."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .space import Field, Points


@dataclass(frozen=True)
class Jaw:
    """`up` is +1 for the upper jaw. The curve is half an ellipse, then straight to the back (mm)."""

    up: float
    edge_y: float  # height of the incisors' edges
    edge_z: float  # depth of the curve's front
    tilt: float  # radians; the jaws close towards the back
    half_width: float
    depth: float

    @cached_property
    def _curve(self) -> tuple[Field, Field, Field]:
        angle = np.linspace(0.0, math.pi / 2, 400)
        x = np.append(self.half_width * np.sin(angle), self.half_width + 0.8)
        w = np.append(self.depth * (1.0 - np.cos(angle)), self.depth + 40.0)
        length = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(w)))))
        return x.astype(np.float32), w.astype(np.float32), length.astype(np.float32)

    def at(self, along: float) -> tuple[float, float, float]:
        """Distance from the midline, depth and heading (radians) `along` mm from the midline."""
        x, w, length = self._curve

        def spot(s: float) -> tuple[float, float]:
            return float(np.interp(s, length, x)), float(np.interp(s, length, w))

        (x0, w0), (x1, w1) = spot(max(along - 1.5, 0.0)), spot(along + 1.5)
        return (*spot(along), math.atan2(w1 - w0, x1 - x0))

    def turn(self, v: tuple[float, ...]) -> tuple[float, float, float]:
        """A direction (x, towards the gum, deeper) of the jaw in the mouth's axes."""
        cos, sin = math.cos(self.tilt), math.sin(self.tilt)
        return v[0], self.up * (v[1] * cos - v[2] * sin), v[1] * sin + v[2] * cos

    def place(self, x: float, v: float, w: float) -> tuple[float, float, float]:
        """A point of the jaw in the mouth's axes, mm."""
        tx, ty, tz = self.turn((x, v, w))
        return tx, ty + self.edge_y, tz + self.edge_z

    def local(self, p: Points) -> Points:
        """`p` as (x, towards the gum from the biting plane, deeper), mm."""
        cos, sin = math.cos(self.tilt), math.sin(self.tilt)
        y = (p[1] - np.float32(self.edge_y)) * np.float32(self.up)
        z = p[2] - np.float32(self.edge_z)
        return p[0], y * cos + z * sin, z * cos - y * sin

    def off_curve(self, local: Points) -> Field:
        """Signed horizontal distance from the curve of the teeth, mm; positive towards the cheek."""
        x, _, w = local
        ex = x / self.half_width
        ez = np.minimum(w - self.depth, 0.0) / self.depth
        f = np.sqrt(ex * ex + ez * ez + 1e-6)
        gx, gz = ex / self.half_width, ez / self.depth
        result: Field = (f - 1.0) * f / np.sqrt(gx * gx + gz * gz + 1e-6)
        return result

    def ridge(self, local: Points) -> Field:
        """Distance to the gum ridge before the crowns are let through it, mm."""
        _, v, w = local
        # Anterior crowns are longer, so the ridge starts further from the biting plane there.
        top = 4.4 + 1.6 * np.clip(1.0 - w * 0.045, 0.0, 1.0)
        rim = 2.6
        side = np.abs(self.off_curve(local) + 0.4) - (3.3 + 0.16 * np.maximum(v - top, 0.0)) + rim
        end = top - v + rim
        outside = np.sqrt(np.maximum(side, 0.0) ** 2 + np.maximum(end, 0.0) ** 2)
        result: Field = outside + np.minimum(np.maximum(side, end), 0.0) - rim
        return result
