"""Charts whose cast is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hil_tests.optics.colour_chart import ChartReference, colour_error, reference_from
from hil_tests.optics.colour_space import lab_of, light_of
from hil_tests.optics.delta_e import delta_e
from hil_tests.optics.errors import UnusablePicture
from hil_tests.optics.linear_light import LUMINANCE, linear_light, srgb_levels
from hil_tests.optics.rendering import chart

PATCHES = Path(__file__).resolve().parents[2] / "hil_tests/optics/patches.csv"


@pytest.fixture
def reference() -> ChartReference:
    return reference_from(PATCHES, 6)


def test_a_true_picture_has_no_error_at_any_exposure(reference: ChartReference) -> None:
    light = linear_light(srgb_levels(chart(600, 400, reference, (1, 1, 1))))
    assert colour_error(light, reference).worst[1] < 0.5  # eight bits a colour
    for exposure in (0.5, 1.1):
        assert colour_error(chart(600, 400, reference, (1, 1, 1)) * exposure, reference).worst[1] < 1e-3


def test_a_known_tint_is_its_delta_e(reference: ChartReference) -> None:
    tint = (1.05, 1.0, 0.9)
    tinted = light_of(reference.lab) * np.array(tint)
    wanted = light_of(reference.lab) @ LUMINANCE
    factor = wanted @ (tinted @ LUMINANCE) / np.sum((tinted @ LUMINANCE) ** 2)
    expected = delta_e(lab_of(tinted * factor), reference.lab)
    found = colour_error(chart(600, 400, reference, tint), reference)
    assert list(found.by_patch.values()) == pytest.approx(expected.tolist(), abs=1e-6)
    assert found.mean == pytest.approx(float(expected.mean()))
    assert found.mean > 2
    assert found.worst[1] == pytest.approx(float(expected.max()))


def test_one_wrong_patch_is_named(reference: ChartReference) -> None:
    light = chart(600, 400, reference, (1, 1, 1))
    light[210:290, 210:290, 0] *= 0.5  # third row, third column
    name, error = colour_error(light, reference).worst
    assert name == reference.names[14]
    assert error > 5


def test_borders_of_patches_do_not_count(reference: ChartReference) -> None:
    light = chart(600, 400, reference, (1, 1, 1))
    for border in range(0, 600, 100):
        light[:, max(0, border - 20) : border + 20] = 0.01
    assert colour_error(light, reference).worst[1] < 1e-3


def test_a_clipped_and_a_black_picture_are_refused(reference: ChartReference) -> None:
    light = chart(600, 400, reference, (1, 1, 1))
    with pytest.raises(UnusablePicture, match="clipped"):
        colour_error(np.minimum(light * 1.5, 1), reference)
    with pytest.raises(UnusablePicture, match="black"):
        colour_error(light * 0.001, reference)


@pytest.mark.parametrize(
    "text",
    ["", "patch,L,a\nx,1,2\ny,1,2\n", "patch,L,a,b\nx,50,0,zero\n", "patch,L,a,b\nx,50,0,0\n"],
)
def test_a_file_that_is_no_reference_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "patches.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UnusablePicture, match=r"patches\.csv"):
        reference_from(path, 6)
    with pytest.raises(UnusablePicture, match=r"none\.csv"):
        reference_from(tmp_path / "none.csv", 6)


def test_two_patches_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "patches.csv"
    path.write_text("patch,L,a,b\nx,50,0,0\nx,60,0,0\n", "utf-8")
    with pytest.raises(UnusablePicture, match="name of its own"):
        reference_from(path, 6)
