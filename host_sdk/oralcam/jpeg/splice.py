"""`tag` and `strip` put metadata into a JPEG and take it out.

No pixel is decoded, no byte of them is changed.
"""

from __future__ import annotations

from oralcam.errors import InvalidMetadata
from oralcam.jpeg.exif_writer import exif
from oralcam.jpeg.fields import Privacy
from oralcam.jpeg.inspector import inspect
from oralcam.jpeg.markers import APP1
from oralcam.jpeg.soundness import require_whole
from oralcam.jpeg.xmp_writer import xmp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from oralcam.jpeg.facts import JpegFacts, SegmentFacts
    from oralcam.jpeg.metadata import PhotoMetadata

LONGEST_BODY = 0xFFFF - 2  # of a segment; its length counts its own two bytes
_METADATA = ("Exif", "XMP", "extended XMP")
_STRIPPED = ("APP1", "APP13", "COM")


def tag(
    jpeg: bytes,
    metadata: PhotoMetadata,
    privacy: Privacy = Privacy.FULL,
    facts: JpegFacts | None = None,
) -> bytes:
    """Return the JPEG with the fields of `metadata` that are written at this `privacy`.

    `oralcam guide jpeg` has the table of fields. Pixels, APP0, colour profile and all other segments stay
    as they are; Exif and XMP that the file had are replaced. Below FULL, what other programs wrote (APP1,
    APP13, comments) goes too: nobody knows whom it names. The orientation is written down, and the pixels
    are not turned; a mirror is written down, and the picture is not flipped. `facts` saves a second look
    through the file where these very bytes were inspected already. Raises `DamagedJpeg`, and
    `InvalidMetadata` if the texts do not fit.
    """
    if facts is None or facts.size != len(jpeg):
        facts = inspect(jpeg)
    require_whole(facts.damage)
    if privacy is Privacy.FULL:
        gone = [each for each in facts.segments if each.name == "APP1" and each.holds in _METADATA]
    else:
        gone = [each for each in facts.segments if each.name in _STRIPPED]
    kept = metadata.at(privacy)
    ours = b"".join(_segment(body) for body in (exif(kept, facts), xmp(kept)))
    return _spliced(jpeg, gone, _place(facts), ours)


def strip(jpeg: bytes) -> bytes:
    """Return the JPEG without any APP1, APP13 and COM segment: nobody's metadata is left in it.

    APP0, the colour profile and all else stay, byte for byte the sensor's. A photo that had none of those
    segments comes back as it was before `tag`. Raises `DamagedJpeg`: of a damaged file nobody can say that
    nothing is left in it.
    """
    facts = inspect(jpeg)
    require_whole(facts.damage)
    return _spliced(jpeg, [each for each in facts.segments if each.name in _STRIPPED], 0, b"")


def _place(facts: JpegFacts) -> int:
    """Return the place of our segments: behind the APP0 that JFIF wants first, before all else."""
    at = 2
    for segment in facts.segments:
        if segment.name != "APP0" or segment.offset != at:
            break
        at += segment.size
    return at


def _segment(body: bytes) -> bytes:
    if len(body) > LONGEST_BODY:
        raise InvalidMetadata("The metadata does not fit into a JPEG segment; shorten its texts.")
    return bytes((0xFF, APP1)) + (len(body) + 2).to_bytes(2, "big") + body


def _spliced(jpeg: bytes, gone: Iterable[SegmentFacts], place: int, ours: bytes) -> bytes:
    """Return `jpeg` without the segments in `gone`, and with `ours` at `place`."""
    view = memoryview(jpeg)
    parts: list[bytes | memoryview] = [view[:place], ours]
    at = place
    for segment in gone:
        parts.append(view[at : segment.offset])
        at = segment.offset + segment.size
    parts.append(view[at:])
    return b"".join(parts)
