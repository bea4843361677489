"""Each figure measures what its docstring says, and nothing it measures is ever out of range."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from oralcam.quality import quality_of
from oralcam.quality.change import changes
from oralcam.quality.clipping import clipping
from oralcam.quality.decoding import decode
from oralcam.quality.exposure import exposure
from oralcam.quality.figures import Figures
from oralcam.quality.fog import fog
from oralcam.quality.glare import glare
from oralcam.quality.motion import motion
from oralcam.quality.report import QualityReport
from oralcam.quality.uniformity import uniformity
from oralcam.quality.white_balance import white_balance
from tests.unit.quality.mouth import SIZE, alike, jpeg_of, mouth, pixels

RANGES = {
    **dict.fromkeys(("exposure_p5", "exposure_p50", "exposure_p95"), (0, 255)),
    "sharpness": (0, 1e6),
    "white_balance": (0, 190),
}
SIZES = [(640, 480), (1280, 960), (2592, 1944)]


def figures(jpeg: bytes) -> Figures:
    return quality_of(jpeg).figures


def gray_ramp() -> np.ndarray:
    return np.tile(np.linspace(0, 255, 960), (640, 1))


def smeared(array: np.ndarray, down: int, across: int, steps: int) -> np.ndarray:
    moved = [np.roll(array, (step * down, step * across), (0, 1)) for step in range(steps)]
    return np.asarray(np.mean(moved, axis=0))


@st.composite
def frames(draw: st.DrawFn) -> np.ndarray:
    """Frames that nobody photographs: flat, black, white, noise, stripes, one bright pixel …"""
    width, height = draw(st.integers(64, 420)), draw(st.integers(64, 420))
    if max(width, height) > 5 * min(width, height):
        height = width
    shape = (height, width) if draw(st.booleans()) else (height, width, 3)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    low, high = sorted((draw(st.integers(0, 255)), draw(st.integers(0, 255))))
    kind = draw(st.sampled_from(["flat", "noise", "salt", "stripes", "checkers", "ramp", "point", "colour"]))
    rows, columns = np.indices((height, width))
    flat = np.full(shape, float(low))
    if kind == "flat":
        return flat
    if kind == "noise":
        return random.integers(low, high + 1, shape)
    if kind == "salt":
        return random.choice([low, high], shape)
    if kind == "colour":
        return np.broadcast_to(random.integers(0, 256, 3), (height, width, 3))
    if kind == "point":
        flat[height // 2, width // 2] = high
        return flat
    mask = {
        "stripes": (rows // draw(st.integers(1, 40))) % 2,
        "checkers": (rows + columns) % 2,
        "ramp": columns / width,
    }[kind]
    return low + (high - low) * (mask if len(shape) == 2 else mask[..., None] * np.ones(3))


@settings(max_examples=150, deadline=None)
@given(frames(), st.integers(1, 100))
def test_any_frame_gives_finite_numbers_in_their_ranges(frame: np.ndarray, jpeg_quality: int) -> None:
    report = quality_of(jpeg_of(frame, quality=jpeg_quality))
    for name, value in report.figures.numbers().items():
        if value is None:
            assert name == "white_balance"
            assert frame.ndim == 2
            continue
        low, high = RANGES.get(name, (0, 1))
        assert math.isfinite(value), name
        assert low <= value <= high, name
    assert report.to_json()  # refuses NaN


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_photo_is_judged_alike_however_the_handpiece_was_held(turn: int) -> None:
    turned = jpeg_of(np.rot90(pixels(mouth()), turn))
    alike(figures(turned).numbers(), figures(mouth()).numbers())


def test_one_view_has_the_same_figures_at_any_size() -> None:
    first, *others = (figures(mouth(size)).numbers() for size in SIZES)
    for other in others:
        alike(other, first)


def test_exposure_is_percentiles_of_luma() -> None:
    found = exposure(decode(jpeg_of(gray_ramp())))
    assert found == pytest.approx((0.05 * 255, 0.5 * 255, 0.95 * 255), abs=3)


def test_clipping_counts_black_and_full_channels() -> None:
    frame = np.full((480, 640, 3), 120.0)
    frame[:, :160] = (255, 60, 60)  # red alone is full
    frame[:, 160:224] = 0
    found = clipping(decode(jpeg_of(frame, subsampling="4:4:4")))
    assert found.bright == pytest.approx(0.25, abs=0.01)
    assert found.dark == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(("colour", "full"), [((60, 255, 60), 1), ((60, 60, 255), 1), ((240, 240, 240), 0)])
def test_each_channel_can_be_full(colour: tuple[int, int, int], full: int) -> None:
    frame = np.broadcast_to(np.array(colour, float), (480, 640, 3))
    assert clipping(decode(jpeg_of(frame))).bright == full


def test_uniformity_compares_light_and_a_flat_field_takes_the_lamps_fall_off_out() -> None:
    lights = np.array([[1.0, 0.8, 0.6], [0.5, 0.4, 0.4], [0.3, 0.2, 0.25]])
    encoded = 255 * (1.055 * lights ** (1 / 2.4) - 0.055)
    pixels_of_it = decode(jpeg_of(np.kron(encoded, np.ones((320, 320)))))
    found = uniformity(pixels_of_it)
    assert found.ratio == pytest.approx(0.2, rel=0.05)
    assert np.array(found.blocks) == pytest.approx(lights, rel=0.05)
    assert uniformity(pixels_of_it, lights.tolist()).ratio == pytest.approx(1, abs=0.07)


def with_spots(radius: int, count: int, size: tuple[int, int] = SIZE) -> bytes:
    """White discs on the mouth; the radius is in parts of 1280 of the width."""
    image = Image.fromarray(pixels(mouth(size)))
    draw = ImageDraw.Draw(image)
    random = np.random.default_rng(3)
    reach = radius * size[0] / 1280
    for x, y in random.uniform(0.2, 0.8, (count, 2)) * size:
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(255, 255, 255))
    return jpeg_of(np.asarray(image))


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (2592, 1944)], ids=str)
def test_glare_is_small_white_spots(size: tuple[int, int]) -> None:
    covered = 40 * math.pi * 10**2 / 1280**2 * (size[0] / size[1])
    assert figures(mouth(size)).glare == 0
    assert 0.5 * covered < figures(with_spots(10, 40, size)).glare < 1.2 * covered


def test_a_large_white_area_is_no_glare_but_clipped() -> None:
    found = figures(with_spots(150, 1))
    assert found.glare < 0.002
    assert found.clipping.bright > 0.06


def test_coloured_spots_are_no_glare() -> None:
    rows, columns = np.indices((480, 640)) % 40
    spots = ((rows < 12) & (columns < 12))[..., None]
    for colour, share in (((255, 255, 255), 0.09), ((255, 255, 205), 0.0)):
        frame = np.where(spots, np.array(colour, float), 100.0)
        assert glare(decode(jpeg_of(frame, subsampling="4:4:4"))) == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize(
    ("gains", "tint"),
    [((1.15, 1, 0.8), "yellowish"), ((0.8, 1, 1.2), "bluish"), ((1.25, 0.95, 0.98), "reddish")],
)
def test_white_balance_notices_a_cast_and_names_it(gains: tuple[float, ...], tint: str) -> None:
    report = quality_of(jpeg_of(pixels(mouth()) * np.array(gains)))
    assert report.verdict == "warn"
    assert [finding.figure for finding in report.findings if finding.verdict == "warn"] == ["white_balance"]
    assert tint in report.warnings[0]


def test_white_balance_is_the_distance_of_the_bright_tenth_from_neutral() -> None:
    frame = np.full((480, 640, 3), (90.0, 20.0, 20.0))
    frame[:, :96] = 200.0
    found = white_balance(decode(jpeg_of(frame, subsampling="4:4:4")))
    assert found is not None
    assert found.deviation < 2
    moved = white_balance(decode(jpeg_of(frame, subsampling="4:4:4")), (124.0, 131.0))
    assert moved is not None
    assert moved.deviation == pytest.approx(5, abs=1)
    assert (moved.blue, moved.red) == pytest.approx((4, -3), abs=1)


def test_white_balance_leaves_full_pixels_out() -> None:
    frame = np.full((480, 640, 3), 90.0)
    frame[:, :32] = 255.0
    frame[:, 32:64] = (190.0, 200.0, 230.0)
    found = white_balance(decode(jpeg_of(frame, subsampling="4:4:4")))
    assert found is not None
    assert (found.blue, found.red) == pytest.approx((17, -7), abs=2)


@pytest.mark.parametrize(
    ("direction", "step"), [(0, (0, 1)), (90, (1, 0)), (45, (1, 1)), (135, (1, -1))], ids=str
)
@pytest.mark.parametrize("size", [(1280, 720), (1280, 960)])
def test_motion_is_found_in_every_direction(
    direction: int, step: tuple[int, int], size: tuple[int, int]
) -> None:
    steps = 13 if 0 in step else 10
    found = motion(decode(jpeg_of(smeared(pixels(mouth(size)), *step, steps))))
    assert found.amount > 0.28
    assert found.direction == direction


@pytest.mark.parametrize("spoiled", [{}, {"blur_px": 4.0}, {"blur_px": 8.0}, {"noise": 4.0}, {"fog": 0.4}])
def test_what_is_alike_in_all_directions_is_no_motion(spoiled: dict[str, float]) -> None:
    assert motion(decode(mouth(**spoiled))).amount < 0.2


def test_a_longer_smear_is_more_motion() -> None:
    values = [motion(decode(mouth(motion_px=float(reach)))).amount for reach in (6, 9, 12, 18)]
    assert values == sorted(values)


def test_what_is_too_faint_to_be_smeared_is_no_motion() -> None:
    faint = 120 + 0.03 * smeared(pixels(mouth()).mean(axis=2), 0, 1, 24)
    assert motion(decode(jpeg_of(faint))).amount == 0


def test_a_pale_subject_with_contrast_is_no_fog() -> None:
    columns = np.indices((720, 1280))[1]
    stripes, halves = (150 + 100 * (columns // width % 2) for width in (32, 640))
    assert fog(decode(jpeg_of(stripes))) < 0.75 * fog(decode(jpeg_of(halves)))


def test_change_is_measured_without_the_noise() -> None:
    random = np.random.default_rng(8)
    clear = np.cumsum(random.normal(0, 12, (180, 320)), axis=1) % 120 + 60
    noisy = clear + 6 * random.standard_normal(clear.shape)
    for step in ((0, 1), (0, 4), (4, 4)):
        (there,) = changes(noisy.round().astype(np.int16), [step], 1, 6.0)
        assert there == pytest.approx(changes(clear.round().astype(np.int16), [step], 1, 0.0)[0], rel=0.04)


def test_more_fog_is_more_fog() -> None:
    values = [fog(decode(mouth(fog=amount))) for amount in (0.0, 0.2, 0.4, 0.6, 0.8)]
    assert values == sorted(values)
    assert values[0] < 0.05
    assert values[-1] > 0.5


@pytest.mark.parametrize("level", [0, 255])
def test_black_and_white_pictures_are_said_to_be_so(level: int) -> None:
    report: QualityReport = quality_of(jpeg_of(np.full((480, 640, 3), float(level))))
    clipped = report.figures.clipping
    assert (clipped.dark, clipped.bright) == ((1, 0) if level == 0 else (0, 1))
    assert report.verdict == "warn"
