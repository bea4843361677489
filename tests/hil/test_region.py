"""Which part of a picture is measured."""

from __future__ import annotations

import numpy as np
import pytest

from hil_tests.optics.errors import UnusablePicture
from hil_tests.optics.exposures import mean_light
from hil_tests.optics.linear_light import linear_light
from hil_tests.optics.region import Region


def test_a_region_is_its_parts_of_rows_and_columns() -> None:
    rows, columns = np.indices((200, 400))
    cut = Region(left=0.1, top=0.2, right=0.5, bottom=0.9).of((rows * 1000 + columns).astype(float))
    assert cut.shape == (140, 160)
    assert (cut[0, 0], cut[-1, -1]) == (40 * 1000 + 40, 179 * 1000 + 199)


def test_a_region_of_a_few_pixels_is_refused() -> None:
    with pytest.raises(UnusablePicture, match="15 x 100"):
        Region(0.0, 0.0, 0.15, 1.0).of(np.zeros((100, 100)))


def test_photos_are_averaged_as_light_and_not_as_levels() -> None:
    dark, bright = np.full((2, 2, 3), 0, np.uint8), np.full((2, 2, 3), 255, np.uint8)
    assert mean_light([dark, bright]) == pytest.approx(0.5)
    assert mean_light([bright]) == pytest.approx(1.0)
    assert mean_light(iter([np.full((2, 2, 3), 128, np.uint8)])) == pytest.approx(
        linear_light(np.array([128], np.uint8))[0]
    )
    with pytest.raises(ValueError, match="at least one"):
        mean_light([])
