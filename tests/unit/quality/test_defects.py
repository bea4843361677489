"""Every defect of the rendered mouth is noticed by the figure that is there for it; a good photo passes."""

from __future__ import annotations

from typing import Any

import pytest

from oralcam.quality import quality_of
from tests.unit.quality.mouth import mouth

SIZES = [(640, 480), (1280, 720), (1920, 1080), (2592, 1944)]
FIVE_MEGAPIXELS = (2592, 1944)

# what is wrong (blur and motion in parts of 1280 of the width), its figure, a word of the advice
DEFECTS: list[tuple[dict[str, Any], str, str]] = [
    ({"blur_px": 5.0}, "sharpness", "blurred"),
    ({"motion_px": 12.0}, "motion", "side to side"),
    ({"fog": 0.35}, "fog", "wipe"),
    ({"light": "anterior"}, "uniformity", "raise the posterior light"),
    ({"light": "posterior-left"}, "uniformity", "dark at its left: raise the light posterior_right"),
    ({"light": "posterior-right"}, "uniformity", "dark at its right: raise the light posterior_left"),
    ({"light": "off"}, "exposure_p50", "is dark: raise the light"),
    ({"exposure_us": 2_000}, "exposure_p95", "raise the light or lengthen"),
    ({"exposure_us": 40_000}, "exposure_p50", "too bright"),
    ({"exposure_us": 40_000}, "clipped_bright", "overexposed"),
]


def scaled(spoiled: dict[str, Any], width: int) -> dict[str, Any]:
    return {name: value * width / 1280 if name.endswith("_px") else value for name, value in spoiled.items()}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("light", ["even", "posterior"])
def test_a_good_photo_passes(size: tuple[int, int], light: str) -> None:
    report = quality_of(mouth(size, light))
    assert report.verdict == "ok", report.warnings
    assert report.warnings == ()


@pytest.mark.parametrize(
    "taken",
    [{"seed": 4}, {"noise": 2.0}, {"exposure_us": 5_000}, {"exposure_us": 16_000}, {"jpeg_quality": 50}],
    ids=str,
)
def test_ordinary_differences_draw_no_warning(taken: dict[str, Any]) -> None:
    assert quality_of(mouth(**taken)).warnings == ()


@pytest.mark.parametrize("size", [(640, 480), (1280, 720)], ids=str)
@pytest.mark.parametrize(("spoiled", "figure", "advice"), DEFECTS, ids=str)
def test_a_defect_is_noticed_by_its_own_figure(
    size: tuple[int, int], spoiled: dict[str, Any], figure: str, advice: str
) -> None:
    report = quality_of(mouth(size, **scaled(spoiled, size[0])))
    (finding,) = [finding for finding in report.findings if finding.figure == figure]
    assert finding.verdict == "warn"
    assert advice in finding.sentence
    assert finding.sentence in report.warnings


@pytest.mark.parametrize(
    ("spoiled", "figure"),
    [({"blur_px": 5.0}, "sharpness"), ({"motion_px": 9.0}, "motion"), ({"fog": 0.35}, "fog")],
    ids=str,
)
def test_one_defect_draws_one_warning(spoiled: dict[str, float], figure: str) -> None:
    report = quality_of(mouth(**spoiled))
    assert [finding.figure for finding in report.findings if finding.verdict != "ok"] == [figure]


@pytest.mark.parametrize(
    ("spoiled", "figure"), [({"blur_px": 5.0}, "sharpness"), ({"motion_px": 12.0}, "motion")]
)
def test_five_megapixels_are_judged_alike(spoiled: dict[str, float], figure: str) -> None:
    report = quality_of(mouth(FIVE_MEGAPIXELS, **scaled(spoiled, FIVE_MEGAPIXELS[0])))
    assert figure in [finding.figure for finding in report.findings if finding.verdict == "warn"]


def test_front_teeth_in_their_own_light_have_a_profile_of_their_own() -> None:
    assert quality_of(mouth(light="anterior"), "anterior").verdict == "ok"
    assert quality_of(mouth(light="anterior", blur_px=6.0), "anterior").verdict == "warn"
