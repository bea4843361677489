"""The part of the picture in which a target is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hil_tests.optics.errors import UnusablePicture

SMALLEST = 16  # pixels


@dataclass(frozen=True)
class Region:
    """Its sides as parts (0..1) of the picture's width and height, from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def of(self, picture: NDArray[np.float64]) -> NDArray[np.float64]:
        """Cut it out of a picture (rows, columns, …). Raises `UnusablePicture` if little is left."""
        cut = picture[self.window(*picture.shape[:2])]
        if min(cut.shape[:2]) < SMALLEST:
            raise UnusablePicture(
                f"The region has {cut.shape[1]} x {cut.shape[0]} pixels of the picture, and needs {SMALLEST} "
                "along each side: make it larger, or move the target nearer."
            )
        return cut

    def window(self, rows: int, columns: int) -> tuple[slice, slice]:
        """Which rows and columns of a picture of that size it is."""
        return (
            slice(round(self.top * rows), round(self.bottom * rows)),
            slice(round(self.left * columns), round(self.right * columns)),
        )
