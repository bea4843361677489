"""The JPEG as pixel data: byte for byte where the standard allows it, and back out again.

A photograph's pixels may be YBR_FULL_422 or RGB, not YBR_FULL (PS3.3 section C.8.12.1.1.1). A JPEG whose
colours are sampled 4:2:2 or 4:2:0 is the former. One of 4:4:4 is neither: its pixels are decoded and stored
as they are, uncompressed RGB, which every archive takes and which loses nothing more, and the JPEG itself
travels in MakerNote. Encoding it again as 4:2:2 would lose a second time; many archives do not show JPEG 2000
and JPEG-LS.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from oralcam.dicom.elements import decimal, put
from oralcam.dicom.maker_note import read_maker_note
from oralcam.dicom.uids import EXPLICIT_VR, JPEG_BASELINE
from oralcam.errors import DicomError, MissingExtra, UnsupportedJpeg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from oralcam.jpeg import JpegFacts

__all__ = ["extract_jpeg"]

SUBSAMPLED = ("4:2:0", "4:2:2")
EOI = b"\xff\xd9"


@dataclass(frozen=True)
class Pixels:
    """How the JPEG went in: `notice` says why it was transcoded, and is empty where it was not."""

    transfer_syntax_uid: str
    notice: str = ""

    @property
    def transcoded(self) -> bool:
        """True if the pixels are no longer the JPEG."""
        return self.transfer_syntax_uid != JPEG_BASELINE


def put_pixels(dataset: Dataset, jpeg: bytes, facts: JpegFacts) -> Pixels:
    """Put in the modules Image Pixel and VL Image, as far as they describe pixels.

    `facts` are those of a sound JPEG. Raises `MissingExtra` if a JPEG has to be decoded and Pillow is
    missing.
    """
    samples = 1 if facts.colour == "gray" else 3
    interpretation = {"gray": "MONOCHROME2", "RGB": "RGB"}.get(facts.colour, "YBR_FULL_422")
    pixels = Pixels(JPEG_BASELINE)
    if facts.colour == "YCbCr" and facts.chroma not in SUBSAMPLED:
        interpretation = "RGB"
        pixels = Pixels(EXPLICIT_VR, _why(facts))
    elif facts.colour not in ("gray", "RGB", "YCbCr"):
        raise UnsupportedJpeg(f"A JPEG in {facts.colour} colours cannot be put into DICOM; save it as YCbCr.")
    put(dataset, "SamplesPerPixel", samples)
    put(dataset, "PhotometricInterpretation", interpretation)
    if samples > 1:
        put(dataset, "PlanarConfiguration", 0)
    for keyword, value in (
        ("Rows", facts.height),
        ("Columns", facts.width),
        ("BitsAllocated", 8),
        ("BitsStored", 8),
        ("HighBit", 7),
        ("PixelRepresentation", 0),
        ("BurnedInAnnotation", "NO"),
        ("LossyImageCompression", "01"),
        ("LossyImageCompressionRatio", decimal(samples * facts.width * facts.height / len(jpeg))),
        ("LossyImageCompressionMethod", "ISO_10918_1"),
    ):
        put(dataset, keyword, value)
    put(dataset, "PixelData", _rgb(jpeg) if pixels.transcoded else _encapsulated(jpeg), vr="OB")
    if not pixels.transcoded:
        dataset["PixelData"].is_undefined_length = True
    return pixels


def sound_facts(jpeg: bytes, facts: JpegFacts | None) -> JpegFacts:
    """Return the facts of a JPEG that is fit for an archive.

    Raises `JpegError` with the reason if it is not.
    """
    from oralcam.jpeg import require_sound

    if facts is None or not facts.sound or facts.size != len(jpeg):
        facts = require_sound(jpeg)
    return facts


def extract_jpeg(dataset: Dataset) -> bytes:
    """Return the JPEG that went into an object, byte for byte, checked against the SHA-256 that went with it.

    An object that another program made works too, without that check. Raises `DicomError` if there is no JPEG
    in it any more, or if it was changed.
    """
    note = read_maker_note(bytes(dataset.get("MakerNote") or b""))
    told, kept = note if note is not None else ({}, b"")
    size = told.get("jpeg_size")
    if kept:
        jpeg = kept[:size]
    else:
        jpeg = _frame(dataset)
        if isinstance(size, int) and len(jpeg) - size in (0, 1):
            jpeg = jpeg[:size]
        elif jpeg[-1:] == b"\x00" and jpeg[-3:-1] == EOI:
            jpeg = jpeg[:-1]  # made even
    sha256 = told.get("jpeg_sha256")
    if sha256 is not None and hashlib.sha256(jpeg).hexdigest() != sha256:
        raise DicomError(
            "The JPEG in this object is not the one that was put in; fetch it again, or use the record's."
        )
    return jpeg


def _why(facts: JpegFacts) -> str:
    return (
        f"The JPEG's colours are sampled {facts.chroma}, which a DICOM photograph may not hold as JPEG: its "
        "pixels are stored uncompressed (RGB), and the JPEG itself beside them."
    )


def _encapsulated(jpeg: bytes) -> bytes:
    from pydicom.encaps import encapsulate

    return encapsulate([jpeg])


def _rgb(jpeg: bytes) -> bytes:
    try:
        from PIL import Image
    except ImportError as error:
        raise MissingExtra(
            'This JPEG has to be decoded for DICOM, which needs Pillow: pip install "oralcam[image]".'
        ) from error
    with Image.open(io.BytesIO(jpeg)) as image:
        pixels = image.convert("RGB").tobytes()
    return pixels + b"\x00" * (len(pixels) % 2)


def _frame(dataset: Dataset) -> bytes:
    from pydicom.encaps import generate_frames

    syntax = str(getattr(getattr(dataset, "file_meta", None), "TransferSyntaxUID", ""))
    if syntax != JPEG_BASELINE or "PixelData" not in dataset:
        raise DicomError("There is no JPEG in this object: the archive has stored its pixels in another way.")
    try:
        return next(generate_frames(dataset.PixelData, number_of_frames=1))
    except (ValueError, StopIteration) as error:
        raise DicomError("The pixel data of this object is damaged; fetch it again.") from error
