"""Types and the smooth joins shared by everything that has a surface."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Field: TypeAlias = npt.NDArray[np.float32]
"""One number a point."""
Points: TypeAlias = "tuple[Field, Field, Field]"
"""x (to the image's right), y (up), z (into the mouth), in mm; the upper incisors stand at z = 0."""


def smooth_min(a: Field, b: Field, width: float) -> Field:
    """The union of two surfaces, rounded over `width` mm where they meet."""
    mix = np.maximum(width - np.abs(a - b), 0.0)
    result: Field = np.minimum(a, b) - mix * mix * np.float32(0.25 / width)
    return result


def smooth_max(a: Field, b: Field, width: float) -> Field:
    """The intersection of two surfaces, rounded over `width` mm."""
    mix = np.maximum(width - np.abs(a - b), 0.0)
    result: Field = np.maximum(a, b) + mix * mix * np.float32(0.25 / width)
    return result


def smooth_step(x: Field, start: float, end: float) -> Field:
    """0 before `start`, 1 after `end` (which may be the smaller), smooth between."""
    t = np.clip((x - np.float32(start)) * np.float32(1.0 / (end - start)), 0.0, 1.0)
    result: Field = t * t * (3.0 - 2.0 * t)
    return result
