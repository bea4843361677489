"""What is no photo is refused in a sentence, at once; odd JPEGs that are photos are judged."""

from __future__ import annotations

import contextlib
import io
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from oralcam.errors import DamagedJpeg, JpegError, UnsupportedJpeg
from oralcam.quality import quality_of
from tests.unit.quality.mouth import alike, jpeg_of, mouth, pixels

SMALL = mouth((320, 240))


def resized(jpeg: bytes, width: int, height: int) -> bytes:
    """The same file, with another size in its frame header (ITU-T T.81, B.2.2)."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + jpeg[at + 4 :]


def saved(mode: str, format: str = "JPEG", **options: object) -> bytes:
    encoded = io.BytesIO()
    Image.fromarray(pixels(SMALL)).convert(mode).save(encoded, format, **options)
    return encoded.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8", b"Dear Sir or Madam", saved("RGB", "PNG"), SMALL[:2000], SMALL[:-400], SMALL[200:]],
    ids=["empty", "start only", "letter", "PNG", "cut early", "cut late", "beheaded"],
)
def test_what_is_damaged_or_no_jpeg_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedJpeg, match="cannot be decoded") as caught:
        quality_of(data)
    assert "0x" not in str(caught.value)  # the address of an object is nothing for a person


def test_cmyk_is_refused() -> None:
    with pytest.raises(UnsupportedJpeg, match="CMYK"):
        quality_of(saved("CMYK"))


@pytest.mark.parametrize("size", [(1, 1), (63, 200), (400, 8)])
def test_a_picture_too_small_to_judge_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(UnsupportedJpeg, match=f"{size[0]} x {size[1]} pixels is too small"):
        quality_of(jpeg_of(np.zeros(size[::-1])))


def test_a_ribbon_is_refused() -> None:
    with pytest.raises(UnsupportedJpeg, match="ribbon"):
        quality_of(jpeg_of(np.zeros((64, 330))))


@pytest.mark.filterwarnings("error")  # Pillow's warning is an error in some programs
@pytest.mark.parametrize("size", [(65_000, 65_000), (12_000, 9_000), (8_000, 7_000)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    bomb = resized(SMALL, *size)
    tracemalloc.start()
    try:
        with pytest.raises(UnsupportedJpeg, match="megapixels"):
            quality_of(bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_progressive_jpeg_is_judged_and_one_with_thousands_of_scans_refused() -> None:
    progressive = saved("RGB", progressive=True, quality=90)
    assert quality_of(progressive).verdict == "ok"
    scan = progressive[progressive.rindex(b"\xff\xda") : -2]
    with pytest.raises(UnsupportedJpeg, match="scans"):
        quality_of(progressive[:-2] + 5_000 * scan + b"\xff\xd9")


def test_a_gray_photo_has_no_white_balance_and_all_the_rest() -> None:
    report = quality_of(saved("L", quality=90))
    assert report.figures.white_balance is None
    assert [each.figure for each in report.findings if each.verdict == "not measured"] == ["white_balance"]
    assert report.verdict == "ok"
    assert report.figures.sharpness == pytest.approx(quality_of(SMALL).figures.sharpness, rel=0.05)


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_the_sampling_of_colours_makes_no_difference(subsampling: str) -> None:
    other = jpeg_of(pixels(mouth()), subsampling=subsampling)
    alike(quality_of(other).figures.numbers(), quality_of(mouth()).figures.numbers())


def test_a_jpeg_that_stores_red_green_and_blue_is_judged_as_well() -> None:
    stored = saved("RGB", keep_rgb=True, quality=95)
    alike(quality_of(stored).figures.numbers(), quality_of(saved("RGB", quality=95)).figures.numbers())


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_mangled_file_is_judged_or_refused_and_nothing_else(data: st.DataObject) -> None:
    mangled = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 6))):
        mangled[data.draw(st.integers(0, 800))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del mangled[data.draw(st.integers(0, len(mangled))) :]
    with contextlib.suppress(JpegError):
        assert quality_of(bytes(mangled)).to_json()
