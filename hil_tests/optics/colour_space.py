"""Linear sRGB and CIELAB of the D50 observer in which makers of colour charts tell their patches."""

from __future__ import annotations

import numpy as np

from hil_tests.optics.linear_light import Floats

# linear sRGB to XYZ, adapted from D65 to D50 by Bradford's transform (as published by B. Lindbloom)
TO_XYZ = np.array(
    [
        [0.4360747, 0.3850649, 0.1430804],
        [0.2225045, 0.7168786, 0.0606169],
        [0.0139322, 0.0971045, 0.7141733],
    ]
)
WHITE = TO_XYZ.sum(axis=1)  # D50: what R = G = B = 1 is
KAPPA, EPSILON = 24389 / 27, 216 / 24389  # CIE 15; *not read*, as published by B. Lindbloom


def lab_of(light: Floats) -> Floats:
    """CIELAB (…, 3) of linear sRGB (…, 3)."""
    xyz = light @ TO_XYZ.T / WHITE
    f = np.where(xyz > EPSILON, np.cbrt(xyz), (KAPPA * xyz + 16) / 116)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1
    )


def light_of(lab: Floats) -> Floats:
    """Linear sRGB (…, 3) of CIELAB (…, 3); below 0 or above 1 for what no sRGB display shows."""
    y = (lab[..., 0] + 16) / 116
    f = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], axis=-1)
    xyz = np.where(f**3 > EPSILON, f**3, (116 * f - 16) / KAPPA) * WHITE
    light: Floats = xyz @ np.linalg.inv(TO_XYZ).T
    return light
