"""Motion: blur along one direction and not across it."""

from __future__ import annotations

import math
from typing import NamedTuple

from oralcam.quality.pixels import DIRECTIONS, Pixels

VISIBLE = 100.0  # levels⁴: below it a direction shows no edge that could be blurred


class Motion(NamedTuple):
    """The smear of a picture.

    `amount` is 0..1; `direction` in degrees from the rows, clockwise: 0, 45, 90 or 135.
    """

    amount: float
    direction: int


def motion(pixels: Pixels) -> Motion:
    """Return how much less fine the picture is along one direction than across it, 0 (alike) to 1.

    Fineness of a direction: root of (mean fourth power of the change over one pixel / the same over 1/80 of
    the longer side), noise taken out of both. Amount: 1 - fineness along / fineness across, the largest of
    four directions. A smeared edge keeps its coarse change and loses the fine one; a view with edges mostly
    one way loses both, and that cancels. This is our own construction: 0.1 for a still view, 0.3 for a smear
    of 1/160 of the longer side, 0.5 for 1/80. It cannot tell motion from an astigmatic lens or from a subject
    whose sharp edges all run one way, and hardly sees a turn about the lens's axis.
    """
    fineness = {each: _fineness(pixels.fine[each].fourth, pixels.coarse[each].fourth) for each in DIRECTIONS}
    amounts = {}
    for direction, along in fineness.items():
        beside = fineness[(direction + 90) % 180]
        if along is not None and beside:
            amounts[direction] = 1 - along / beside
    direction = max(amounts, key=lambda each: amounts[each], default=0)
    return Motion(max(0.0, amounts.get(direction, 0.0)), direction)


def _fineness(fine: float, coarse: float) -> float | None:
    return math.sqrt(fine / coarse) if coarse >= VISIBLE else None
