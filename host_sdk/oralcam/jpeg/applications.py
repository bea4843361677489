"""What the APPn segments of a JPEG hold, and which small pictures lie in them."""

from __future__ import annotations

from oralcam.jpeg.facts import Thumbnail
from oralcam.jpeg.markers import APP0, APP1, APP2, APP13, APP14
from oralcam.jpeg.tiff import NotTiff, Tiff

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.jpeg.walk import Segment

EXIF = b"Exif\0"  # and a fill byte, which is 0 in most files
EXIF_HEADER = EXIF + b"\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
ICC = b"ICC_PROFILE\0"

_IDENTIFIERS = (
    (APP0, b"JFIF\0", "JFIF"),
    (APP0, b"JFXX\0", "JFXX"),
    (APP1, EXIF, "Exif"),
    (APP1, XMP, "XMP"),
    (APP1, EXTENDED_XMP, "extended XMP"),
    (APP2, ICC, "ICC"),
    (APP2, b"MPF\0", "MPF"),
    (APP13, b"Photoshop 3.0\0", "Photoshop"),
    (APP14, b"Adobe", "Adobe"),
)
_JPEG_OFFSET, _JPEG_SIZE = 0x0201, 0x0202
_ORIENTATION = 0x0112


def holds(data: bytes, segment: Segment) -> str:
    """What a segment says that it is; empty if it says nothing known."""
    for marker, identifier, name in _IDENTIFIERS:
        if segment.marker == marker and data.startswith(identifier, segment.body, segment.end):
            return name
    return ""


def exif_of(data: bytes, segment: Segment) -> Tiff | None:
    """The structure in an Exif segment; None if it is none."""
    try:
        return Tiff(data, segment.body + len(EXIF_HEADER), segment.end)
    except NotTiff:
        return None


def orientation_of(exif: Tiff) -> int | None:
    """1..8; None if the segment does not say, or says nonsense."""
    value = exif.number(exif.directory(exif.first)[0].get(_ORIENTATION))
    return value if value is not None and 1 <= value <= 8 else None


def thumbnail_of(data: bytes, segment: Segment, exif: Tiff | None) -> Thumbnail | None:
    """The small picture in a segment, if there is one that lies inside it."""
    kind = holds(data, segment)
    at, size = 0, 0
    if kind == "JFIF" and segment.end - segment.body >= 14:
        at, size = segment.body + 14, 3 * data[segment.body + 12] * data[segment.body + 13]
    elif kind == "JFXX":
        at, size = segment.body + 6, segment.end - segment.body - 6
    elif exif is not None:
        entries, _ = exif.directory(exif.directory(exif.first)[1])
        at = exif.start + (exif.number(entries.get(_JPEG_OFFSET)) or 0)
        size = exif.number(entries.get(_JPEG_SIZE)) or 0
    if size <= 0 or at + size > segment.end:
        return None
    return Thumbnail(kind, at, size)
