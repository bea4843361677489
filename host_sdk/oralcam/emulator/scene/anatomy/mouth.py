"""The open mouth as one body: what is nearest to a point, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import tissue
from .jaw import Jaw
from .space import Field, Points, smooth_max, smooth_min
from .teeth import LOWER, UPPER, Tooth, row

GUM, WALL, TONGUE, LIPS, RETRACTOR, TOOTH = range(6)

UPPER_JAW = Jaw(up=1.0, edge_y=12.5, edge_z=0.0, tilt=0.16, half_width=25.0, depth=23.0)
LOWER_JAW = Jaw(up=-1.0, edge_y=-14.0, edge_z=2.0, tilt=0.14, half_width=23.5, depth=21.0)


@dataclass(frozen=True)
class Part:
    """What a piece of the picture can see of the mouth: a few teeth, perhaps a jaw."""

    upper: tuple[Tooth, ...]
    lower: tuple[Tooth, ...]

    def distances(self, p: Points) -> list[Field]:
        """Distance to each material, mm, in the order of the material numbers."""
        wall = smooth_min(tissue.cavity(p), tissue.uvula(p), 3.0)
        gum = np.full_like(p[0], 1e3)
        tooth = np.full_like(p[0], 1e3)
        for jaw, teeth in ((UPPER_JAW, self.upper), (LOWER_JAW, self.lower)):
            if not teeth:
                continue
            ridge = jaw.ridge(jaw.local(p))
            for one in teeth:
                local = one.local(p)
                tooth = np.minimum(tooth, one.distance(local))
                ridge = smooth_max(ridge, -one.gum_line(local), 0.9)
            gum = np.minimum(gum, ridge)
        return [gum, wall, tissue.tongue(p), tissue.lips(p), tissue.retractor(p), tooth]

    def distance(self, p: Points) -> Field:
        """Distance to the nearest surface, mm; gum and wall flow into each other."""
        gum, wall, *others = self.distances(p)
        nearest = smooth_min(gum, wall, 4.0)
        for other in others:
            nearest = np.minimum(nearest, other)
        return nearest

    def tooth_at(self, p: Points) -> tuple[Field, Field]:
        """For points on teeth: the place along the crown (0 gum, 1 edge) and the tooth's own shade."""
        best = np.full_like(p[0], 1e3)
        along, shade = np.zeros_like(best), np.ones_like(best)
        for one in self.upper + self.lower:
            local = one.local(p)
            gap = one.distance(local)
            nearer = gap < best
            best = np.where(nearer, gap, best)
            height = one.crown.height
            along = np.where(nearer, (local[2] - one.half[2] + height) / height, along)
            shade = np.where(nearer, np.float32(one.shade), shade)
        return along, shade


class Mouth:
    """One patient: all teeth, and how to pick those that a bundle of rays can meet."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.upper = row(UPPER_JAW, UPPER, rng)
        self.lower = row(LOWER_JAW, LOWER, rng)

    def part(self, eye: npt.NDArray[np.float64], axis: npt.NDArray[np.float64], spread: float) -> Part:
        """The teeth near a cone from `eye` along `axis` (unit length), `spread` radians wide each way."""

        def near(one: Tooth) -> bool:
            way = np.asarray(one.centre) - eye
            along = float(way @ axis)
            off = float(np.linalg.norm(way - along * axis))
            return off < along * np.tan(spread) + one.reach

        return Part(tuple(filter(near, self.upper)), tuple(filter(near, self.lower)))
