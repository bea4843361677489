"""Uniformity: how evenly the picture is lit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from oralcam.quality.levels import linear
from oralcam.quality.pixels import Pixels

BLOCKS = 3
FAINT = 1e-3  # of full light: where everything is darker, nothing is even or uneven

FlatField = Sequence[Sequence[float]]


class Uniformity(NamedTuple):
    """The evenness of the light.

    `ratio` is 0..1, 1 is even; `blocks` is the light of each as a part of full light. Rows of blocks count
    from the top.
    """

    ratio: float
    blocks: tuple[tuple[float, ...], ...]


def uniformity(pixels: Pixels, flat_field: FlatField | None = None) -> Uniformity:
    """Return the light of the darkest of 3 x 3 blocks as a part of the brightest one's, 0..1; 1 is even.

    Light: the block's mean luma back through the sRGB curve. `flat_field`, 3 x 3, is what the same blocks got
    of an evenly white target, in any unit: it takes the fall-off of lens and ring out, so that the view's own
    remains. Without it a mouth is never even: the throat is dark. It cannot tell dark tissue from little
    light.
    """
    luma = pixels.sample.luma.astype(np.float32)
    rows, columns = luma.shape
    means = _thirds(rows) @ luma @ _thirds(columns).T
    blocks = tuple(tuple(linear(mean) for mean in row) for row in means.tolist())
    if flat_field is not None:
        blocks = tuple(
            tuple(light / white for light, white in zip(*pair, strict=True))
            for pair in zip(blocks, flat_field, strict=True)
        )
    lights = [light for row in blocks for light in row]
    return Uniformity(min(lights) / max(lights) if max(lights) >= FAINT else 1.0, blocks)


@lru_cache(maxsize=16)
def _thirds(size: int) -> NDArray[np.float32]:
    """Return a matrix (3, size) that averages the thirds of a side."""
    edges = [size * third // BLOCKS for third in range(BLOCKS + 1)]
    matrix = np.zeros((BLOCKS, size), np.float32)
    for third, (start, end) in enumerate(pairwise(edges)):
        matrix[third, start:end] = 1 / (end - start)
    return matrix
