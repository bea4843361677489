"""From a photo's levels to light: what is measured is proportional to the light that fell on the sensor.

The sRGB curve (IEC 61966-2-1; *not read*, its formula as everywhere published) stands for the camera's own
tone curve. A camera that has another one has to be measured with that (ISO 14524; *not read*): then these
figures compare cameras of one kind, and no others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hil_tests.optics.errors import UnusablePicture

Floats = NDArray[np.float64]

FULL = 255
CLIPPED_PART = 0.01  # of the pixels: more of them at the end of the range, and nothing can be measured
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # of linear sRGB (Rec. ITU-R BT.709)


def linear_light(levels: NDArray[np.uint8]) -> Floats:
    """Light, 0..1, of 8-bit sRGB levels of any shape."""
    encoded = np.arange(FULL + 1) / FULL
    curve = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    found: Floats = curve[levels]
    return found


def srgb(light: Floats) -> Floats:
    """Return sRGB, 0..1, of light 0..1."""
    found: Floats = np.where(
        light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055
    )
    return found


def srgb_levels(light: Floats) -> NDArray[np.uint8]:
    """Return 8-bit sRGB levels, rounded, of light 0..1."""
    return np.round(np.clip(srgb(light), 0, 1) * FULL).astype(np.uint8)


def luminance(light: Floats) -> Floats:
    """Light of the three colours as one, (rows, columns, 3) to (rows, columns)."""
    found: Floats = light @ LUMINANCE
    return found


def check_range(light: Floats) -> None:
    """Raise `UnusablePicture` if a part is as bright as the sensor can tell, or if there is no light."""
    if float((light >= linear_light(np.array([FULL - 1], np.uint8))[0]).mean()) > CLIPPED_PART:
        raise UnusablePicture("The picture of the target is clipped: less light, or a shorter exposure.")
    if float(light.mean()) < 0.01:
        raise UnusablePicture("The picture of the target is black: more light, or take the cap off the lens.")
