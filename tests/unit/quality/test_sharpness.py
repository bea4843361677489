"""Sharpness answers to blur; not to noise, light or size, as raw Laplacian variance does."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageFilter

from oralcam.quality.decoding import decode
from oralcam.quality.noise import noise_of
from oralcam.quality.sharpness import sharpness
from tests.unit.quality.mouth import SIZE, jpeg_of, mouth, pixels

STEADY = 0.03


@pytest.fixture(scope="module")
def gray() -> np.ndarray:
    """The mouth without noise, as luma."""
    return np.asarray(Image.fromarray(pixels(mouth(noise=0.0, jpeg_quality=98))).convert("L"), float)


def grain(shape: tuple[int, int]) -> np.ndarray:
    return np.random.default_rng(5).standard_normal(shape)


def measured(luma: np.ndarray) -> float:
    return sharpness(decode(jpeg_of(luma, quality=98)))


def laplacian_variance(luma: np.ndarray) -> float:
    whole = np.clip(np.round(luma), 0, 255)
    middle = whole[1:-1, 1:-1]
    sides = whole[:-2, 1:-1] + whole[2:, 1:-1] + whole[1:-1, :-2] + whole[1:-1, 2:]
    return float((sides - 4 * middle).var())


@pytest.mark.parametrize("sigma", [2, 4, 8, 16])
def test_noise_does_not_change_it_where_raw_laplacian_variance_is_lost(gray: np.ndarray, sigma: int) -> None:
    noisy = gray + sigma * grain(gray.shape)
    assert measured(noisy) == pytest.approx(measured(gray), rel=STEADY)
    assert laplacian_variance(noisy) > 1.5 * laplacian_variance(gray)


@pytest.mark.parametrize("gain", [0.25, 0.5, 0.75])
def test_gain_does_not_change_it_where_raw_laplacian_variance_is_lost(gray: np.ndarray, gain: float) -> None:
    assert measured(gray * gain) == pytest.approx(measured(gray), rel=STEADY)
    assert laplacian_variance(gray * gain) < 0.8 * laplacian_variance(gray)


def test_a_blurred_noisy_photo_stays_behind_a_sharp_dark_one_where_raw_laplacian_variance_errs() -> None:
    blurred = mouth(blur_px=3.0, noise=0.0, jpeg_quality=98)
    noisy = pixels(blurred).mean(axis=2) + 8 * grain((SIZE[1], SIZE[0]))
    dark = pixels(mouth(exposure_us=2_000, jpeg_quality=98)).mean(axis=2)
    assert measured(noisy) < 0.7 * measured(dark)
    assert laplacian_variance(noisy) > laplacian_variance(dark)


def test_every_further_blur_lowers_it_and_a_strong_one_takes_four_fifths() -> None:
    values = [sharpness(decode(mouth(blur_px=float(blur)))) for blur in (0, 1, 2, 3, 4, 6, 8, 12)]
    assert values == sorted(values, reverse=True)
    assert all(after < 0.95 * before for before, after in pairwise(values))
    assert values[-1] < 0.2 * values[0]


@pytest.mark.parametrize(
    ("sizes", "blur"),
    [
        ([(1280, 720), (1920, 1080)], 0.0),
        ([(640, 480), (1280, 960), (2592, 1944)], 0.0),
        ([(640, 480), (1280, 960)], 0.004),
    ],
)
def test_one_view_is_as_sharp_at_any_size(sizes: list[tuple[int, int]], blur: float) -> None:
    values = [sharpness(decode(mouth(size, blur_px=blur * size[0]))) for size in sizes]
    assert max(values) < 1.1 * min(values)


def test_a_small_picture_is_measured_by_the_same_yardstick() -> None:
    small, large = (
        sharpness(decode(mouth((width, width * 3 // 4), blur_px=0.008 * width))) for width in (192, 320)
    )
    assert small == pytest.approx(large, rel=0.1)


@pytest.mark.parametrize("level", [0, 1, 128, 255])
def test_a_picture_of_one_colour_has_none(level: int) -> None:
    assert measured(np.full((480, 640), float(level))) == 0


@pytest.mark.parametrize("sigma", [4, 20, 60])
def test_noise_alone_has_hardly_any(sigma: int) -> None:
    assert measured(128 + sigma * grain((720, 1280))) < 10


def test_noise_is_measured_through_the_picture(gray: np.ndarray) -> None:
    small = np.asarray(Image.fromarray(gray.astype(np.uint8)).resize((320, 180), Image.Resampling.BOX), float)
    for sigma in (2, 4, 8):
        noisy = np.clip(np.round(small + sigma * grain(small.shape)), 0, 255).astype(np.int16)
        assert noise_of(noisy) == pytest.approx(sigma, rel=0.1, abs=0.3)


def test_a_gaussian_blur_of_the_file_and_one_of_the_lens_are_alike() -> None:
    sharp = Image.fromarray(pixels(mouth(jpeg_quality=98)))
    by_file = sharpness(decode(jpeg_of(np.asarray(sharp.filter(ImageFilter.GaussianBlur(4))))))
    assert by_file == pytest.approx(sharpness(decode(mouth(blur_px=4.0))), rel=0.05)
