"""Even targets whose fall-off is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hil_tests.optics.errors import UnusablePicture
from hil_tests.optics.flat_field import BLOCKS, flat_field
from hil_tests.optics.linear_light import linear_light, luminance, srgb_levels
from hil_tests.optics.rendering import flat

# means of u² over the outermost and over the middle one of nine equal parts of -1..1
CORNER, MIDDLE = (1 - (7 / 9) ** 3) * 3 / 2, 1 / 243


@given(st.floats(0, 0.6))
@settings(max_examples=40, deadline=None)
def test_a_known_fall_off_is_measured(fall_off: float) -> None:
    light = flat(180, 135, fall_off)
    expected = (1 - fall_off * CORNER) / (1 - fall_off * MIDDLE)
    for seen, error in (
        (light, 1e-3),
        (linear_light(srgb_levels(light)), 0.012),
    ):  # a level is 1 % of the light
        found = flat_field(luminance(seen))
        assert found.vignetting == pytest.approx(1 - expected, abs=error)
        assert found.uniformity == pytest.approx(expected, abs=error)


def test_even_light_is_even() -> None:
    found = flat_field(np.full((90, 120), 0.4))
    assert found.uniformity == pytest.approx(1)
    assert found.vignetting == pytest.approx(0)
    assert found.blocks.shape == (BLOCKS, BLOCKS)


def test_one_dark_side_is_uneven_and_half_a_vignette() -> None:
    across = np.repeat(np.linspace(0.6, 0.3, 180)[None, :], 135, axis=0)
    for light in (across, across.T, across[:, ::-1], across.T[::-1]):
        found = flat_field(light)
        assert found.uniformity == pytest.approx((0.3 + 0.3 / 18) / (0.6 - 0.3 / 18), rel=0.01)
        assert found.vignetting == pytest.approx(0, abs=0.01)  # a slope is none


def test_a_finger_in_the_picture_is_refused() -> None:
    light = flat(180, 135, 0.2)[..., 0]
    light[:40, :60] = 0.05
    with pytest.raises(UnusablePicture, match="before the even target"):
        flat_field(light)


def test_a_clipped_and_a_black_picture_are_refused() -> None:
    with pytest.raises(UnusablePicture, match="clipped"):
        flat_field(np.ones((90, 120)))
    with pytest.raises(UnusablePicture, match="black"):
        flat_field(np.full((90, 120), 0.001))
