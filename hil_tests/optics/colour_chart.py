"""Colour: how far the patches of a chart are from what they were measured to be."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hil_tests.optics.colour_space import lab_of, light_of
from hil_tests.optics.delta_e import delta_e
from hil_tests.optics.errors import UnusablePicture
from hil_tests.optics.linear_light import LUMINANCE, Floats, check_range

MIDDLE = 0.5  # of a patch's sides: its borders, and what a lens spreads over them, are left out
COLUMNS = ("patch", "L", "a", "b")


@dataclass(frozen=True)
class ChartReference:
    """Patches in reading order: names and measured CIELAB (D50, 2°), (patches, 3); `columns` a row."""

    names: tuple[str, ...]
    lab: Floats
    columns: int

    @property
    def rows(self) -> int:
        """Rows of patches."""
        return -(-len(self.names) // self.columns)


@dataclass(frozen=True)
class ColourError:
    """ΔE00 of each patch, by its name."""

    by_patch: dict[str, float]

    @property
    def mean(self) -> float:
        """Of all patches."""
        return sum(self.by_patch.values()) / len(self.by_patch)

    @property
    def worst(self) -> tuple[str, float]:
        """The patch that is farthest off."""
        return max(self.by_patch.items(), key=lambda item: item[1])


def reference_from(path: Path, columns: int) -> ChartReference:
    """Read a CSV file of patch, L, a, b. Raises `UnusablePicture`, one sentence, for what is none."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        lab = np.array([[float(row[column]) for column in COLUMNS[1:]] for row in rows])
        names = tuple(row["patch"] for row in rows)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise UnusablePicture(
            f"{path} is no reference of a chart ({error}): its first line is {','.join(COLUMNS)}, "
            "then comes a patch a line."
        ) from error
    if len(names) < 2 or len(set(names)) != len(names) or not np.isfinite(lab).all():
        raise UnusablePicture(f"{path} needs at least two patches, each with a name of its own and numbers.")
    return ChartReference(names, lab, columns)


def colour_error(light: Floats, reference: ChartReference) -> ColourError:
    """Compare the chart in linear light, (rows, columns, 3), which it fills to its borders.

    One factor takes the exposure out, so that the luminances fit best; a cast stays in. Raises
    `UnusablePicture`.
    """
    check_range(light)
    seen = np.array([_patch(light, reference, number) for number in range(len(reference.names))])
    wanted = light_of(reference.lab) @ LUMINANCE
    found = seen @ LUMINANCE
    factor = float((wanted @ found) / (found @ found))
    errors = delta_e(lab_of(seen * factor), reference.lab)
    return ColourError(dict(zip(reference.names, errors.tolist(), strict=True)))


def _patch(light: Floats, reference: ChartReference, number: int) -> Floats:
    """Mean light, three colours, of the middle of one patch."""
    row, column = divmod(number, reference.columns)
    height, width = light.shape[0] / reference.rows, light.shape[1] / reference.columns
    edge = (1 - MIDDLE) / 2
    middle = light[
        round((row + edge) * height) : round((row + 1 - edge) * height),
        round((column + edge) * width) : round((column + 1 - edge) * width),
    ]
    if not middle.size:
        raise UnusablePicture("The chart's patches are smaller than a few pixels: move it nearer.")
    found: Floats = middle.mean(axis=(0, 1))
    return found
