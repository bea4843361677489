"""The teeth: their sizes, where they stand on the arch, and the distance to one of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .space import Field, Points
from .jaw import Jaw


@dataclass(frozen=True)
class Crown:
    """One kind of tooth, in mm: mesiodistal width, visible height, thickness from cheek to tongue."""

    width: float
    height: float
    thick: float
    edge: float  # thickness left at the biting edge, as a part of `thick`
    point: float  # how far the corners fall back behind the tip, mm
    groove: float  # depth of the fissure along the row, mm
    cross: float  # depth of the fissure across the row, mm


# Mean crown sizes (Wheeler's Dental Anatomy, rounded), midline to second molar.
UPPER = (
    Crown(8.5, 10.4, 6.6, 0.22, 0.2, 0.0, 0.0),
    Crown(6.7, 9.2, 5.8, 0.24, 0.5, 0.0, 0.0),
    Crown(7.7, 10.0, 7.4, 0.30, 1.9, 0.0, 0.0),
    Crown(7.1, 8.4, 8.8, 0.72, 1.1, 1.5, 0.0),
    Crown(6.8, 7.8, 8.8, 0.74, 0.8, 1.4, 0.0),
    Crown(10.2, 7.4, 10.6, 0.80, 0.3, 1.4, 1.2),
    Crown(9.4, 7.0, 10.4, 0.80, 0.3, 1.3, 1.1),
)
LOWER = (
    Crown(5.3, 8.6, 5.6, 0.22, 0.1, 0.0, 0.0),
    Crown(5.8, 8.9, 5.9, 0.22, 0.2, 0.0, 0.0),
    Crown(6.9, 10.0, 7.2, 0.30, 1.7, 0.0, 0.0),
    Crown(7.0, 8.4, 7.6, 0.66, 1.2, 1.2, 0.0),
    Crown(7.1, 7.9, 8.2, 0.76, 0.6, 1.4, 0.5),
    Crown(11.0, 7.4, 10.0, 0.82, 0.2, 1.4, 1.3),
    Crown(10.4, 7.0, 9.8, 0.82, 0.2, 1.3, 1.2),
)


@dataclass(frozen=True)
class Tooth:
    """A crown in its place. `axes` rows: along the row, towards the cheek, towards the biting edge."""

    crown: Crown
    centre: tuple[float, float, float]
    axes: tuple[tuple[float, float, float], ...]
    shade: float
    reach: float  # radius of a sphere that holds the crown and its gum line, mm

    @property
    def half(self) -> tuple[float, float, float]:
        """Half sizes (row, cheek, edge) in mm; a third of the body is under the gum."""
        return self.crown.width * 0.5, self.crown.thick * 0.5, self.crown.height * 0.72

    def local(self, p: Points) -> Points:
        """`p` (three arrays, mm) in the tooth's own axes."""
        x, y, z = (p[i] - np.float32(self.centre[i]) for i in range(3))
        a, b, c = ((x * ax[0] + y * ax[1] + z * ax[2]) for ax in self.axes)
        return a, b, c

    def distance(self, local: Points) -> Field:
        """A lower bound of the distance to the surface, mm, for points in the tooth's own axes."""
        a, b, c = local
        ha, hb, hc = self.half
        crown = self.crown
        far = np.sqrt(a * a + b * b + c * c) - math.sqrt(ha * ha + hb * hb + hc * hc)
        rise = np.clip(c * (0.5 / hc) + 0.5, 0.0, 1.0)  # 0 under the gum, 1 at the biting edge
        across = a / (ha * (0.80 + 0.21 * rise))
        body = hb * (1.0 - (1.0 - crown.edge) * rise * rise)
        deep = (b - 0.75 * (hb - body)) / body
        across2 = across * across
        tip = c + crown.point * across2
        if crown.groove:
            tip = tip + crown.groove / (1.0 + (b * b) * 0.7)
        if crown.cross:
            tip = tip + crown.cross / (1.0 + (a * a) * 0.9)
        up = tip / hc
        up2 = up * up
        up4 = up2 * up2
        across4 = across2 * across2
        deep2 = deep * deep
        if crown.edge > 0.5:  # back teeth are boxier
            thick, slope = deep2 * deep2, 4.0 * deep2 * deep / body
        else:
            thick, slope = deep2 * (0.5 + 0.5 * deep2), (deep + 2.0 * deep2 * deep) / body
        f = across4 + thick + up4 * up4
        ga = 4.0 * across2 * across / ha
        gc = 8.0 * up4 * up2 * up / hc
        # (f - 1) / |grad f| never exceeds the true distance of a convex f.
        near = (f - 1.0) / np.sqrt(ga * ga + slope * slope + gc * gc + 0.02)
        result: Field = np.maximum(near, far)
        return result

    def gum_line(self, local: Points) -> Field:
        """Distance, mm, to the scallop in which the crown leaves the gum (negative inside it)."""
        a, _, c = local
        ha, _, hc = self.half
        width = ha * 0.98
        height = ha * 0.85 + 1.4
        # Straight walls above the widest place: the papilla stands between two crowns.
        rise = np.minimum(c - (hc - self.crown.height + height), 0.0) / height
        side = a / width
        result: Field = (np.sqrt(side * side + rise * rise) - 1.0) * min(width, height)
        return result


def row(jaw: Jaw, crowns: tuple[Crown, ...], rng: np.random.Generator) -> list[Tooth]:
    """Both halves of one dental arch, with the small irregularities that make it somebody's."""
    teeth: list[Tooth] = []
    for side in (-1.0, 1.0):
        along = 0.05
        for index, crown in enumerate(crowns):
            wiggle = rng.normal(0.0, 1.0, 6)
            x, w, heading = jaw.at(along + crown.width * 0.5)
            along += crown.width * 0.985
            turn = heading + math.radians(3.0) * wiggle[0]
            # Front teeth lean towards the lip, molars stand upright.
            lean = math.radians((14.0, 13.0, 6.0, 0.0, -2.0, -4.0, -5.0)[index] + 1.6 * wiggle[1])
            tangent = (side * math.cos(turn), 0.0, math.sin(turn))
            out = (side * math.sin(turn), 0.0, -math.cos(turn))
            edge = tuple(-math.cos(lean) * e + math.sin(lean) * o for e, o in zip((0, 1, 0), out))
            cheek = tuple(math.cos(lean) * o + math.sin(lean) * e for e, o in zip((0, 1, 0), out))
            roll = math.radians(1.6) * wiggle[2]
            axes = tuple(
                tuple(float(v) for v in jaw.turn(axis))
                for axis in (
                    tuple(math.cos(roll) * t + math.sin(roll) * e for t, e in zip(tangent, edge)),
                    cheek,
                    tuple(math.cos(roll) * e - math.sin(roll) * t for t, e in zip(tangent, edge)),
                )
            )
            half = crown.height * 0.72
            short = (0.0, 0.7, -0.1, 0.3, 0.3, 0.4, 0.4)[index] + 0.22 * wiggle[3]
            spot = tuple(-e * half for e in edge)
            centre = jaw.place(side * x + spot[0], short + spot[1], w + spot[2] + 0.25 * wiggle[4])
            shade = 1.0 - 0.018 * index - (0.03 if index == 2 else 0.0) + 0.012 * wiggle[5]
            reach = math.hypot(crown.width * 0.5, crown.thick * 0.5, half) + 2.5
            teeth.append(Tooth(crown, centre, axes, float(shade), reach))
    return teeth
