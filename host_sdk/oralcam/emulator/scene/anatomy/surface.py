"""What light meets at the end of a ray: direction of the surface, occlusion, material."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .mouth import Part
from .space import Field, Points

_CORNERS = ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1))


def normals(part: Part, p: Points, span: float = 0.12) -> Points:
    """Unit vectors out of the surface, from four samples `span` mm around each point."""
    total = [np.zeros_like(p[0]) for _ in range(3)]
    for corner in _CORNERS:
        moved = tuple(c + np.float32(k * span) for c, k in zip(p, corner))
        gap = part.distance((moved[0], moved[1], moved[2]))
        for axis, k in zip(total, corner):
            axis += gap * np.float32(k)
    length = np.sqrt(total[0] ** 2 + total[1] ** 2 + total[2] ** 2) + np.float32(1e-9)
    return total[0] / length, total[1] / length, total[2] / length


def openness(part: Part, p: Points, n: Points) -> Field:
    """1 in the open, towards 0 in folds and gaps: how far the surroundings stand back."""
    shut = np.zeros_like(p[0])
    for step, weight in ((0.7, 0.42), (2.0, 0.2), (5.0, 0.09)):
        gap = part.distance((p[0] + n[0] * step, p[1] + n[1] * step, p[2] + n[2] * step))
        shut += np.clip(step - gap, 0.0, step) * np.float32(weight)
    result: Field = np.exp(-shut)
    return result


def materials(part: Part, p: Points) -> tuple[npt.NDArray[np.intp], list[Field]]:
    """The nearest material's number, and all distances (mm)."""
    distances = part.distances(p)
    return np.argmin(np.stack(distances), axis=0), distances
