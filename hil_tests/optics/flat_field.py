"""Evenness: how an evenly bright target looks from the middle of the picture to its corners.

Uniformity and vignetting as usual in the field; ISO 17957 (shading) is the standard, *not read*.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hil_tests.optics.errors import UnusablePicture
from hil_tests.optics.linear_light import Floats, check_range

BLOCKS = 9  # along each side: odd, so that there is a middle one
LARGEST_STEP = 0.5  # between neighbours, as a part of the brightest: more is an object, no fall-off


@dataclass(frozen=True)
class Evenness:
    """Mean light of each of the blocks, rows from the top, as a part of the brightest one's."""

    blocks: Floats

    @property
    def uniformity(self) -> float:
        """Darkest block / brightest block, 0..1; 1 is even."""
        return float(self.blocks.min() / self.blocks.max())

    @property
    def vignetting(self) -> float:
        """What the four corners, on average, have less than the middle block: a part of it, 0 is none."""
        corners = self.blocks[[0, 0, -1, -1], [0, -1, 0, -1]]
        middle = self.blocks[BLOCKS // 2, BLOCKS // 2]
        return float(1 - corners.mean() / middle)


def flat_field(light: Floats) -> Evenness:
    """Measure linear light, (rows, columns). Raises `UnusablePicture` if it is clipped, black or not even."""
    check_range(light)
    rows, columns = (np.linspace(0, size, BLOCKS + 1).astype(int) for size in light.shape)
    blocks = np.array(
        [
            [
                light[rows[row] : rows[row + 1], columns[column] : columns[column + 1]].mean()
                for column in range(BLOCKS)
            ]
            for row in range(BLOCKS)
        ]
    )
    blocks /= blocks.max()
    if max(np.abs(np.diff(blocks, axis=axis)).max() for axis in (0, 1)) > LARGEST_STEP:
        raise UnusablePicture("Something stands before the even target: take it away.")
    return Evenness(blocks)
