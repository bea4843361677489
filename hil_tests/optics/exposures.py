"""Several photos of one target as one picture: no figure here should hang on noise."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hil_tests.optics.linear_light import Floats, linear_light


def mean_light(photos: Iterable[NDArray[np.uint8]]) -> Floats:
    """Mean linear light of at least one photo's sRGB levels, all (rows, columns, 3)."""
    total, count = None, 0
    for levels in photos:
        light = linear_light(levels)
        total = light if total is None else total + light
        count += 1
    if total is None:
        raise ValueError("at least one photo is needed")
    return total / count
