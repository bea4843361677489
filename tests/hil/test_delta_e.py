"""CIEDE2000 and the colour space that it is taken in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hil_tests.optics.colour_space import WHITE, lab_of, light_of
from hil_tests.optics.delta_e import delta_e

# Sharma, Wu and Dalal (2005), table 1: all 34 pairs
PAIRS = """
50 2.6772 -79.7751 50 0 -82.7485 2.0425
50 3.1571 -77.2803 50 0 -82.7485 2.8615
50 2.8361 -74.02 50 0 -82.7485 3.4412
50 -1.3802 -84.2814 50 0 -82.7485 1.0000
50 -1.1848 -84.8006 50 0 -82.7485 1.0000
50 -0.9009 -85.5211 50 0 -82.7485 1.0000
50 0 0 50 -1 2 2.3669
50 -1 2 50 0 0 2.3669
50 2.49 -0.001 50 -2.49 0.0009 7.1792
50 2.49 -0.001 50 -2.49 0.001 7.1792
50 2.49 -0.001 50 -2.49 0.0011 7.2195
50 2.49 -0.001 50 -2.49 0.0012 7.2195
50 -0.001 2.49 50 0.0009 -2.49 4.8045
50 -0.001 2.49 50 0.001 -2.49 4.8045
50 -0.001 2.49 50 0.0011 -2.49 4.7461
50 2.5 0 50 0 -2.5 4.3065
50 2.5 0 73 25 -18 27.1492
50 2.5 0 61 -5 29 22.8977
50 2.5 0 56 -27 -3 31.9030
50 2.5 0 58 24 15 19.4535
50 2.5 0 50 3.1736 0.5854 1.0000
50 2.5 0 50 3.2972 0 1.0000
50 2.5 0 50 1.8634 0.5757 1.0000
50 2.5 0 50 3.2592 0.335 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.248 -4.962 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.694 23.0331 14.973 -42.5619 2.0373
36.4612 47.858 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.441 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.135 0.9033 -0.0636 -0.5514 0.9082
"""
TABLE = np.array([[float(word) for word in line.split()] for line in PAIRS.strip().splitlines()])
LAB = st.tuples(st.floats(0, 100), st.floats(-80, 80), st.floats(-80, 80))


def test_the_published_pairs_are_right() -> None:
    assert len(TABLE) == 34
    one, other, wanted = TABLE[:, :3], TABLE[:, 3:6], TABLE[:, 6]
    assert np.abs(delta_e(one, other) - wanted).max() < 1e-4
    assert np.abs(delta_e(other, one) - wanted).max() < 1e-4


@given(LAB, LAB)
def test_it_is_symmetric_and_nothing_for_the_same_colour(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> None:
    first, second = np.array(one), np.array(other)
    assert delta_e(first, second) == pytest.approx(delta_e(second, first), abs=1e-6)
    assert delta_e(first, first) == 0


def test_white_gray_and_primaries_are_where_they_belong() -> None:
    assert lab_of(np.array([1.0, 1.0, 1.0])) == pytest.approx([100, 0, 0], abs=1e-6)
    assert lab_of(np.full(3, 0.1841865)) == pytest.approx([50, 0, 0], abs=0.01)
    assert pytest.approx([0.9642, 1.0, 0.8252], abs=1e-4) == WHITE
    # Lindbloom's calculator: sRGB red, D50
    assert lab_of(np.array([1.0, 0.0, 0.0])) == pytest.approx([54.29, 80.81, 69.89], abs=0.02)


@given(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)))
def test_there_and_back_is_the_same_light(light: tuple[float, float, float]) -> None:
    assert light_of(lab_of(np.array(light))) == pytest.approx(np.array(light), abs=1e-9)
