"""From a JPEG to the pixels that are measured.

The decoder itself makes the picture smaller, the cheapest way.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, UnidentifiedImageError

from oralcam.errors import DamagedJpeg, UnsupportedJpeg
from oralcam.quality.pixels import LONG_SIDE, SAMPLED, Pixels, Sample

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

SHORTEST = 64  # pixels; a shorter side shows nothing to judge
NARROWEST = 5  # times longer than wide
MOST_PIXELS = 50_000_000  # ten times a 5-megapixel sensor; more is no photo but an attack on memory
MOST_SCANS = 64  # of a progressive JPEG: each goes over the whole picture, and a file may have thousands
START_OF_SCAN = b"\xff\xda"
NEAREST = Image.Resampling.NEAREST
NEARLY = 1.1  # so much longer than wanted needs no resampling
SCALES = (8, 4, 2, 1)  # by which libjpeg makes a picture smaller while it decodes

# what Pillow raises for damaged files; its warning may have been turned into an error
BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error, OverflowError)
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def decode(jpeg: bytes) -> Pixels:
    """Return the photo at about 320 pixels along its longer side, each a mean of its own pixels.

    Raises `DamagedJpeg` for bytes that are cut short or no JPEG, `UnsupportedJpeg` for CMYK, for sides below
    64 pixels, for ribbons and for more than 50 megapixels. Damage that decodes to wrong pixels is not noticed
    here.
    """
    try:
        try:
            return _decoded(jpeg, "YCbCr")
        except BROKEN:
            return _decoded(jpeg, "RGB")  # the few JPEGs that store red, green and blue have no other way
    except TOO_LARGE as error:
        raise _too_large() from error
    except BROKEN as error:
        raise DamagedJpeg(f"The photo cannot be decoded ({_reason(error)}): take it again.") from error


def _decoded(jpeg: bytes, mode: str) -> Pixels:
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        width, height = image.size
        _check(image, jpeg)
        colours = image.mode != "L"
        scale = _scale(max(width, height))
        image.draft(mode if colours else "L", (width // scale, height // scale))
        image.load()
        small: Image.Image = image if image.mode in ("L", "YCbCr") else image.convert("YCbCr")
        longer = max(small.size)
        if longer > LONG_SIDE * NEARLY:
            size = (round(small.width * LONG_SIDE / longer), round(small.height * LONG_SIDE / longer))
            small = small.resize(size, Image.Resampling.BOX)
        # Pillow's nearest neighbour and its packer of one band are faster than strided copies
        sample = np.asarray(small.resize((small.width // SAMPLED, small.height // SAMPLED), NEAREST))
        band = small.tobytes("raw", "Y" if colours else "L")
        luma = np.frombuffer(band, np.uint8).reshape(small.height, small.width)
    if not colours:
        return Pixels(luma, Sample(sample), width, height)
    return Pixels(luma, Sample(sample[..., 0], sample[..., 1], sample[..., 2]), width, height)


def _scale(longer: int) -> int:
    """Return the largest scale that leaves LONG_SIDE pixels."""
    return next((scale for scale in SCALES if longer // scale >= LONG_SIDE), 1)


def _check(image: ImageFile, jpeg: bytes) -> None:
    """Check the picture before it is decoded. Raises `UnsupportedJpeg`."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_large()
    if image.mode not in ("L", "RGB"):
        raise UnsupportedJpeg(
            f"The photo's colours are {image.mode}: only YCbCr, RGB and gray can be judged."
        )
    if min(width, height) < SHORTEST:
        raise UnsupportedJpeg(
            f"A picture of {width} x {height} pixels is too small to judge: each side needs {SHORTEST}."
        )
    if max(width, height) > NARROWEST * min(width, height):
        raise UnsupportedJpeg(
            f"A picture of {width} x {height} pixels is a ribbon: at most {NARROWEST} times longer than wide."
        )
    if image.info.get("progressive") and jpeg.count(START_OF_SCAN) > MOST_SCANS:
        raise UnsupportedJpeg(f"The JPEG has more than {MOST_SCANS} scans: save it again as a baseline JPEG.")


def _too_large() -> UnsupportedJpeg:
    return UnsupportedJpeg(f"The picture has more than {MOST_PIXELS // 10**6} megapixels: that is no photo.")


def _reason(error: Exception) -> str:
    """Return the reason without the object in memory that Pillow names in some of its messages."""
    return "it is no JPEG" if isinstance(error, UnidentifiedImageError) else str(error) or "damaged"
