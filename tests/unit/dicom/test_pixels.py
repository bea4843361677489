"""The JPEG goes in and comes out byte for byte; where it may not be the pixels, that is said."""

from __future__ import annotations

import hashlib
import io

import numpy
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pydicom.uid import ExplicitVRLittleEndian, JPEGBaseline8Bit

from oralcam.dicom.photo import photographic_image, secondary_capture
from oralcam.dicom.pixels import extract_jpeg
from oralcam.errors import DicomError
from tests.unit.dicom.photos import SAMPLINGS, jpeg, record


@pytest.mark.parametrize("make", [photographic_image, secondary_capture])
@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_the_jpeg_comes_out_byte_for_byte(sampling: str, make: object) -> None:
    data = jpeg(sampling)
    made = (
        photographic_image(record(data), data)
        if make is photographic_image
        else secondary_capture(record(data), data)
    )
    read = pydicom.dcmread(io.BytesIO(made.to_bytes()))
    assert hashlib.sha256(extract_jpeg(read)).hexdigest() == record(data).jpeg_sha256


@pytest.mark.parametrize("sampling", ["4:2:0", "4:2:2"])
def test_a_subsampled_jpeg_is_the_pixel_data(sampling: str) -> None:
    data = jpeg(sampling)
    made = photographic_image(record(data), data)
    assert (made.transcoded, made.notices) == (False, ())
    assert made.dataset.file_meta.TransferSyntaxUID == JPEGBaseline8Bit
    assert made.dataset.PhotometricInterpretation == "YBR_FULL_422"
    assert data in made.to_bytes()


def test_a_444_jpeg_is_transcoded_without_loss_and_that_is_said() -> None:
    data = jpeg("4:4:4")
    made = photographic_image(record(data), data)
    assert made.transcoded
    assert made.notices == (
        "The JPEG's colours are sampled 4:4:4, which a DICOM photograph may not hold as JPEG: its pixels are "
        "stored uncompressed (RGB), and the JPEG itself beside them.",
    )
    assert made.dataset.file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    assert made.dataset.PhotometricInterpretation == "RGB"
    with Image.open(io.BytesIO(data)) as image:
        shown = numpy.asarray(image.convert("RGB"))
    assert numpy.array_equal(pydicom.dcmread(io.BytesIO(made.to_bytes())).pixel_array, shown)
    assert made.dataset.LossyImageCompression == "01"  # it once was


def test_a_gray_jpeg_stays_gray() -> None:
    data = jpeg(mode="L")
    made = photographic_image(record(data), data)
    assert (made.transcoded, made.dataset.PhotometricInterpretation) == (False, "MONOCHROME2")
    assert extract_jpeg(pydicom.dcmread(io.BytesIO(made.to_bytes()))) == data


def rgb_jpeg() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "jpeg", keep_rgb=True)
    return out.getvalue()


def test_a_jpeg_in_rgb_is_the_pixel_data() -> None:
    made = photographic_image(record(rgb_jpeg()), rgb_jpeg())
    assert (made.transcoded, made.dataset.PhotometricInterpretation) == (False, "RGB")
    assert extract_jpeg(pydicom.dcmread(io.BytesIO(made.to_bytes()))) == rgb_jpeg()


@settings(max_examples=25, deadline=None)
@given(
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    sampling=st.sampled_from(SAMPLINGS),
    seed=st.integers(0, 99),
)
def test_every_length_odd_or_even_comes_back(width: int, height: int, sampling: str, seed: int) -> None:
    data = jpeg(sampling, width=width, height=height, seed=seed)
    made = photographic_image(record(data), data)
    assert extract_jpeg(pydicom.dcmread(io.BytesIO(made.to_bytes()))) == data


def test_a_changed_jpeg_is_noticed() -> None:
    made = photographic_image(record(), jpeg())
    spoilt = bytearray(made.dataset.PixelData)
    spoilt[len(spoilt) // 2] ^= 1
    made.dataset.PixelData = bytes(spoilt)
    with pytest.raises(DicomError, match="not the one that was put in"):
        extract_jpeg(made.dataset)


@pytest.mark.parametrize("sampling", SAMPLINGS[:2])
def test_a_jpeg_comes_out_of_an_object_of_another_maker_too(sampling: str) -> None:
    for seed in range(4):  # of odd and of even length
        data = jpeg(sampling, seed=seed)
        made = photographic_image(record(data), data)
        made.dataset.MakerNote = b"somebody else's"
        assert extract_jpeg(made.dataset) == data


def test_an_object_that_an_archive_transcoded_says_so() -> None:
    made = photographic_image(record(), jpeg())
    made.dataset.decompress()
    with pytest.raises(DicomError, match="no JPEG in this object"):
        extract_jpeg(made.dataset)


def test_pixels_are_never_turned() -> None:
    turned = photographic_image(record(orientation=6), jpeg()).dataset
    upright = photographic_image(record(), jpeg()).dataset
    assert (turned.Rows, turned.Columns, turned.PixelData) == (
        upright.Rows,
        upright.Columns,
        upright.PixelData,
    )
