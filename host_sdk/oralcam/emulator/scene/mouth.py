"""A drawn mouth as an intraoral camera with a cheek retractor sees it: how it reflects, how deep it is.

Nothing here is anatomy to learn from: it has to have teeth in front and at the back, gums, a tongue, a dark
throat, and to answer to light from three sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Floats = NDArray[np.float32]
Colour = tuple[float, float, float]

OVERSAMPLE = 2
TEETH_A_SIDE = 7
# width of each tooth from the midline outwards; perspective shortens the last
UPPER = (0.200, 0.150, 0.158, 0.120, 0.102, 0.096, 0.066)
LOWER = (0.132, 0.138, 0.150, 0.126, 0.112, 0.108, 0.074)

SKIN: Colour = (0.42, 0.27, 0.22)
ENAMEL: Colour = (0.83, 0.77, 0.67)
GUM: Colour = (0.52, 0.21, 0.20)
TONGUE: Colour = (0.50, 0.20, 0.19)
PALATE: Colour = (0.47, 0.22, 0.20)
THROAT: Colour = (0.16, 0.045, 0.045)
LIP: Colour = (0.50, 0.24, 0.22)
RETRACTOR: Colour = (0.60, 0.63, 0.66)


@dataclass(frozen=True)
class Subject:
    """A subject before the sensor: linear reflectance (height, width, 3), and depth (height, width).

    Depth is 0 (near) to 1.
    """

    reflectance: Floats
    depth: Floats


@dataclass(frozen=True)
class _Tooth:
    """One tooth: centre, half width, half height (parts of the picture's width), how far back, which jaw."""

    x: float
    y: float
    half_width: float
    half_height: float
    depth: float
    upper: bool


@lru_cache(maxsize=4)
def draw_mouth(width: int, height: int, seed: int) -> Subject:
    """Draw the mouth for this size; it is the same for the same seed."""
    canvas = _Canvas(width, height, seed)
    canvas.ellipse(0.5, 0.5, 0.70, 0.60, LIP, depth=0.0)
    canvas.ellipse(0.5, 0.5, 0.475, 0.445, RETRACTOR, depth=0.02, softness=5)
    canvas.ellipse(0.5, 0.5, 0.452, 0.415, GUM, depth=0.30, softness=6)
    canvas.ellipse(0.5, 0.50, 0.40, 0.270, THROAT, depth=0.95, softness=14)
    canvas.ellipse(0.5, 0.335, 0.30, 0.140, PALATE, depth=0.75, softness=18)
    canvas.ellipse(0.5, 0.475, 0.085, 0.060, THROAT, depth=1.0, softness=16)
    canvas.ellipse(0.5, 0.650, 0.27, 0.150, TONGUE, depth=0.50, softness=10)
    canvas.ellipse(0.5, 0.600, 0.006, 0.075, (0.36, 0.12, 0.12), depth=0.52, softness=6)
    for tooth in sorted(_arch(True) + _arch(False), key=lambda tooth: -tooth.depth):
        canvas.gum(tooth)
        canvas.tooth(tooth)
    return canvas.subject()


def _arch(upper: bool) -> list[_Tooth]:
    teeth = []
    edge = 0.0
    for number, part in enumerate(UPPER if upper else LOWER):
        half = part * 0.43 / 2
        across = edge + half
        edge += 2 * half
        back = number / (TEETH_A_SIDE - 1)
        bend = (across / 0.40) ** 2
        height = (0.098 if upper else 0.080) * (1.04 if number in (0, 2) else 0.94) * (1 - 0.38 * back)
        y = 0.335 + 0.075 * bend if upper else 0.700 - 0.085 * bend
        tooth_depth = 0.06 + 0.62 * back**1.3
        teeth += [_Tooth(0.5 + side * across, y, half * 0.97, height, tooth_depth, upper) for side in (-1, 1)]
    return teeth


class _Canvas:
    """A canvas for shapes with a colour and a depth; x and y are parts of the picture's width and height."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.width = width
        self.height = height
        self.scale = width / 1280
        self.random = np.random.default_rng(seed)
        self.colour: Floats = np.empty((height, width, 3), np.float32)
        self.colour[:] = SKIN
        self.depth: Floats = np.zeros((height, width), np.float32)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, depth: float, softness: float = 3
    ) -> None:
        """Paint a soft-edged ellipse with a rounded shade."""
        patch = _Patch(self, x, y, rx, ry, softness)
        shade = np.clip(1.05 - 0.30 * (patch.u**2 + patch.v**2), 0.4, 1.1)
        self._paint(patch, patch.ellipse(), np.asarray(colour, np.float32) * shade[..., None], depth)

    def gum(self, tooth: _Tooth) -> None:
        """Paint the gum around a tooth's neck, scalloped from tooth to tooth."""
        to_root = -1 if tooth.upper else 1
        y = tooth.y + to_root * tooth.half_height * 0.75
        patch = _Patch(self, tooth.x, y, tooth.half_width * 1.22, tooth.half_height * 0.82, 5)
        along = np.clip(patch.v * to_root, -1, 1)
        colour = np.asarray(GUM, np.float32) * (1.12 - 0.22 * along[..., None])
        self._paint(patch, patch.ellipse(), colour * (1 - 0.25 * tooth.depth), tooth.depth)

    def tooth(self, tooth: _Tooth) -> None:
        """Paint enamel: narrower at the neck, darker and warmer towards the gum and the sides."""
        to_edge = 1 if tooth.upper else -1
        patch = _Patch(self, tooth.x, tooth.y, tooth.half_width, tooth.half_height, 1.6)
        u, v = np.clip(patch.u, -1, 1), np.clip(patch.v * to_edge, -1, 1)
        shade = (1 - 0.34 * np.abs(u) ** 3) * (0.93 + 0.10 * v) * (1 - 0.20 * tooth.depth)
        tint = np.asarray(ENAMEL, np.float32) * np.float32(1 + 0.05 * self.random.standard_normal())
        warm = np.stack([np.ones_like(v), 1 - 0.05 * (1 - v) / 2, 1 - 0.20 * (1 - v) / 2], axis=-1)
        # a wet surface mirrors the ring: a small bright streak
        streak = np.exp(-(((u + 0.28) / 0.13) ** 2) - ((v + 0.10) / 0.42) ** 2)
        colour = tint * warm * shade[..., None] + 0.42 * (streak * (1 - tooth.depth) ** 2)[..., None]
        self._paint(patch, patch.outline(_tooth_outline(to_edge)), colour, tooth.depth)

    def subject(self) -> Subject:
        """Return the subject with the fine mottling of wet tissue."""
        coarse = self.random.standard_normal((self.height // 6 + 1, self.width // 6 + 1)).astype(np.float32)
        grain = Image.fromarray(coarse).resize((self.width, self.height), Image.Resampling.BICUBIC)
        mottled = self.colour * (1 + np.float32(0.025) * np.asarray(grain, np.float32))[..., None]
        return Subject(np.clip(mottled, 0.004, 1.3), self.depth)

    def _paint(self, patch: _Patch, mask: Floats, colour: NDArray[np.floating], depth: float) -> None:
        below, deep = self.colour[patch.window], self.depth[patch.window]
        below += mask[..., None] * (colour - below)
        deep += mask * (np.float32(depth) - deep)


class _Patch:
    """The part of a canvas around a shape; u and v are -1..1 across and down the shape's half sizes."""

    def __init__(self, canvas: _Canvas, x: float, y: float, rx: float, ry: float, softness: float) -> None:
        self._softness = softness * canvas.scale
        self._centre = (x * canvas.width, y * canvas.height)
        self._half = (rx * canvas.width, ry * canvas.height)
        margin = 3 * self._softness + 2
        (cx, cy), (hx, hy) = self._centre, self._half
        self._left, self._top = max(0, int(cx - hx - margin)), max(0, int(cy - hy - margin))
        right, bottom = (
            min(canvas.width, int(cx + hx + margin) + 1),
            min(canvas.height, int(cy + hy + margin) + 1),
        )
        self.window = (slice(self._top, bottom), slice(self._left, right))
        self._size = (right - self._left, bottom - self._top)
        self.u: Floats = ((np.arange(self._left, right, dtype=np.float32) + 0.5 - cx) / hx)[None, :]
        self.v: Floats = ((np.arange(self._top, bottom, dtype=np.float32) + 0.5 - cy) / hy)[:, None]
        self.u, self.v = np.broadcast_arrays(self.u, self.v)

    def ellipse(self) -> Floats:
        """Return how much of each pixel an ellipse covers, 0..1."""
        steps = np.linspace(0, 2 * np.pi, 120)
        return self.outline(np.stack([np.cos(steps), np.sin(steps)], axis=1))

    def outline(self, points: NDArray[np.floating]) -> Floats:
        """Return how much of each pixel a polygon of (u, v) points covers, 0..1."""
        image = Image.new("L", (self._size[0] * OVERSAMPLE, self._size[1] * OVERSAMPLE))
        corner = np.array([self._left, self._top])
        scaled = (points * self._half + self._centre - corner) * OVERSAMPLE
        ImageDraw.Draw(image).polygon([(float(x), float(y)) for x, y in scaled], fill=255)
        softened = image.resize(self._size, Image.Resampling.BOX).filter(
            ImageFilter.GaussianBlur(self._softness)
        )
        return np.asarray(softened, np.float32) / np.float32(255)


def _tooth_outline(to_edge: int) -> NDArray[np.floating]:
    """Return a rounded rectangle that is narrower at the neck, as (u, v) points."""
    steps = np.linspace(0, 2 * np.pi, 72)
    u = np.sign(np.cos(steps)) * np.abs(np.cos(steps)) ** 0.62
    v = np.sign(np.sin(steps)) * np.abs(np.sin(steps)) ** 0.62
    return np.stack([u * (1 - 0.08 * (1 - v * to_edge)), v], axis=1)
