"""Sharpness of edges whose blur is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hil_tests.optics.errors import UnusablePicture
from hil_tests.optics.linear_light import linear_light, luminance, srgb_levels
from hil_tests.optics.rendering import blurred_mtf50, edge
from hil_tests.optics.slanted_edge import slanted_edge


def measured(
    blur_px: float, slant: float = 5.0, size: tuple[int, int] = (120, 160), turned: bool = False
) -> float:
    light = luminance(linear_light(srgb_levels(edge(*size, blur_px, slant))))
    return slanted_edge(light.T if turned else light).mtf50


@given(
    blur_px=st.floats(0.5, 3.0),
    slant=st.floats(2.0, 11.5),
    sign=st.sampled_from((-1, 1)),
    turned=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_known_blur_is_measured_to_three_percent(
    blur_px: float, slant: float, sign: int, turned: bool
) -> None:
    assert measured(blur_px, sign * slant, turned=turned) == pytest.approx(blurred_mtf50(blur_px), rel=0.03)


def test_the_whole_curve_is_a_gaussian_s() -> None:
    response = slanted_edge(luminance(edge(160, 200, 1.0)))
    expected = np.exp(-2 * (math.pi * response.frequency) ** 2)
    assert np.abs(response.mtf - expected).max() < 0.01
    assert response.angle == pytest.approx(5.0, abs=0.02)


@pytest.mark.parametrize(
    ("size", "noise", "error"), [((160, 200), 0.01, 0.02), ((160, 200), 0.02, 0.03), ((320, 120), 0.04, 0.12)]
)
def test_noise_costs_little(size: tuple[int, int], noise: float, error: float) -> None:
    """A wide region has much noise far from the edge, which the window keeps small."""
    light = luminance(edge(*size, 1.0))
    random = np.random.default_rng(1)
    found = [slanted_edge(light + random.normal(0, noise, light.shape)).mtf50 for _ in range(12)]
    errors = np.abs(np.array(found) / blurred_mtf50(1.0) - 1)
    assert np.sqrt(np.mean(errors**2)) < error


def test_the_angle_changes_nothing() -> None:
    upright, slanted = (slanted_edge(luminance(edge(200, 160, 1.0, slant))).mtf50 for slant in (2.5, 11.5))
    assert slanted == pytest.approx(upright, rel=0.01)


def test_a_blurrier_edge_is_less_sharp_and_brightness_changes_nothing() -> None:
    assert measured(0.8) > measured(1.0) > measured(1.5)
    light = luminance(edge(120, 160, 1.0))
    assert slanted_edge(light * 0.3).mtf50 == pytest.approx(slanted_edge(light).mtf50, rel=1e-6)
    assert slanted_edge(0.7 - light).mtf50 == pytest.approx(slanted_edge(light).mtf50, rel=1e-6)


def test_an_edge_that_a_sensor_cannot_blur_is_said_to_be_at_the_end_of_the_scale() -> None:
    assert slanted_edge(luminance(edge(120, 160, 0.05))).mtf50 == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize(
    ("slant", "word"),
    [(0.0, "upright"), (1.0, "upright"), (20.0, "upright"), (44.0, "not straight|rows|upright")],
)
def test_an_edge_at_another_angle_is_refused(slant: float, word: str) -> None:
    with pytest.raises(UnusablePicture, match=word):
        measured(1.0, slant)


def test_an_edge_with_a_step_in_it_is_refused() -> None:
    light = luminance(edge(160, 200, 1.0))
    light[100:] = np.roll(light[100:], 8, axis=1)
    light[100:, :8] = light[0, 0]
    with pytest.raises(UnusablePicture, match="not straight"):
        slanted_edge(light)


def test_no_edge_and_two_edges_are_refused() -> None:
    with pytest.raises(UnusablePicture, match="no edge"):
        slanted_edge(np.full((100, 100), 0.5))
    twice = np.concatenate(
        [luminance(edge(80, 160, 1.0)), luminance(edge(80, 160, 1.0, 12.0))[:, ::-1]], axis=0
    )
    with pytest.raises(UnusablePicture, match=r"straight|all rows"):
        slanted_edge(twice)
