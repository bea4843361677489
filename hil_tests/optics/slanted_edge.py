"""Sharpness: the modulation transfer function of an edge that is a little out of the upright, and its MTF50.

In the manner of ISO 12233:2014 (read: what is published of 6.2.4 and 6.2.5; the rest *not read*): each row's
edge is found by the centroid of its derivative, a straight line is fitted, pixels are sorted into bins of a
quarter of a pixel by their distance from the line, the derivative [-1/2, 0, +1/2] of that profile is windowed
(Hamming) and transformed, and the derivative's own fall-off is taken out. Unlike there the distance is
perpendicular to the edge, so that the angle does not change the figure; the window stands at the line, and
not at the largest value, which may be noise; and nothing is truncated to whole periods of the slant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hil_tests.optics.errors import UnusablePicture
from hil_tests.optics.linear_light import Floats

BINS = 4  # a pixel
LEAST_ANGLE, LARGEST_ANGLE = 1.5, 12.0  # degrees: near 0° rows repeat each other, near 14° every fourth does
LEAST_CONTRAST = 0.2  # (bright - dark) / (bright + dark)
LARGEST_ERROR = 1.0  # pixels, root mean square, from the line: more is no straight edge
LARGEST_CORRECTION = 10.0


@dataclass(frozen=True)
class EdgeResponse:
    """`mtf` at `frequency` (cycles a pixel, up to 0.5); the edge's `angle` from the upright, degrees."""

    frequency: Floats
    mtf: Floats
    angle: float

    @property
    def mtf50(self) -> float:
        """Where half of the contrast is left, cycles a pixel; 0.5 if it never falls to half."""
        below = np.flatnonzero(self.mtf < 0.5)
        if not below.size:
            return float(self.frequency[-1])
        after = int(below[0])
        high, low = self.mtf[after - 1], self.mtf[after]
        part = (high - 0.5) / (high - low)
        return float(self.frequency[after - 1] + part * (self.frequency[after] - self.frequency[after - 1]))


def slanted_edge(light: Floats) -> EdgeResponse:
    """Measure the one edge in linear light, (rows, columns), near upright or near level.

    Raises `UnusablePicture` if there is none, or one that is too slanted, too upright, too faint or bent.
    """
    gradient = np.gradient(light)
    upright = light if np.abs(gradient[1]).sum() >= np.abs(gradient[0]).sum() else light.T
    _check_contrast(upright)
    slope, start = _line(upright)
    angle = float(np.degrees(np.arctan(slope)))
    if not LEAST_ANGLE <= abs(angle) <= LARGEST_ANGLE:
        raise UnusablePicture(
            f"The edge stands {abs(angle):.1f}° from the upright (or the level), which must be "
            f"{LEAST_ANGLE:g}° to {LARGEST_ANGLE:g}°: turn the target."
        )
    rows, columns = np.indices(upright.shape)
    distance = (columns - (start + slope * rows)) * np.cos(np.arctan(slope))
    profile = _profile(distance.ravel(), upright.ravel())
    frequency, mtf = _transform(profile)
    return EdgeResponse(frequency, mtf, angle)


def _check_contrast(light: Floats) -> None:
    dark, bright = np.percentile(light, (5, 95))
    if bright + dark <= 0 or (bright - dark) / (bright + dark) < LEAST_CONTRAST:
        raise UnusablePicture("There is no edge in the region: put the target where the description says.")


def _line(light: Floats) -> tuple[float, float]:
    """Where the edge is: columns a row, and the column in row 0."""
    rows = np.arange(light.shape[0])
    columns = np.arange(light.shape[1] - 2) + 1
    derivative = (light[:, 2:] - light[:, :-2]) / 2
    derivative *= np.sign(derivative.sum())  # from dark to bright; noise of either sign takes itself away
    centre = np.full(rows.shape, _centroid(derivative.sum(axis=0)[None, :], columns)[0])
    slope = start = 0.0
    for width in (1.0, 0.5, 0.5, 0.25, 0.25):  # of the region: noise far from the edge counts less each time
        distance = (columns - centre[:, None]) / (width * columns.size)
        window = np.where(np.abs(distance) < 0.5, 0.54 + 0.46 * np.cos(2 * np.pi * distance), 0)
        found = _centroid(derivative * window, columns)
        slope, start = (float(each) for each in np.polyfit(rows, found, 1))
        centre = start + slope * rows
    if float(np.sqrt(np.mean((found - centre) ** 2))) > LARGEST_ERROR:
        raise UnusablePicture("The edge in the region is not straight, or there is more than one.")
    return slope, start


def _centroid(weights: Floats, columns: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Floats:
    total = weights.sum(axis=1)
    if not (total > 0).all():
        raise UnusablePicture("The edge does not go through all rows of the region: make the region smaller.")
    found: Floats = (weights * columns).sum(axis=1) / total
    return found


def _profile(distance: Floats, light: Floats) -> Floats:
    """Mean light in each bin, as far on both sides; an empty bin lies between its neighbours."""
    reach = int(min(-distance.min(), distance.max()) * BINS) - 1
    number = np.round(distance * BINS).astype(int) + reach
    inside = (number >= 0) & (number <= 2 * reach)
    count = np.bincount(number[inside], minlength=2 * reach + 1)
    total = np.bincount(number[inside], light[inside], minlength=2 * reach + 1)
    known = count > 0
    bins = np.arange(count.size)
    return np.interp(bins, bins[known], total[known] / count[known])


def _transform(profile: Floats) -> tuple[Floats, Floats]:
    spread = np.zeros_like(profile)
    spread[1:-1] = (profile[2:] - profile[:-2]) / 2
    mtf = np.abs(np.fft.rfft(spread * np.hamming(spread.size)))  # the edge is in the middle
    frequency = np.fft.rfftfreq(spread.size, 1 / BINS)
    # the derivative reaches over two bins: sin(x)/x, where x = 2 pi f / BINS
    x = 2 * np.pi * frequency / BINS
    fall_off = np.ones_like(x)
    fall_off[1:] = np.sin(x[1:]) / x[1:]
    correction = np.minimum(1 / np.maximum(fall_off, 1e-9), LARGEST_CORRECTION)
    kept = frequency <= 0.5
    corrected = mtf / mtf[0] * correction
    return frequency[kept].astype(np.float64), corrected[kept].astype(np.float64)
