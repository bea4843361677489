"""The contents of APPn segments, and the small pictures that lie in them."""

from __future__ import annotations

from oralcam.jpeg.facts import SegmentFacts, Thumbnail
from oralcam.jpeg.markers import APP0, APP1, APP2, APP13, APP14, name_of
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
    """Return what a segment says that it is; "" if it says nothing known."""
    for marker, identifier, name in _IDENTIFIERS:
        if segment.marker == marker and data.startswith(identifier, segment.body, segment.end):
            return name
    return ""


def exif_of(data: bytes, segment: Segment) -> Tiff | None:
    """Return the TIFF structure in an Exif segment; None if the segment is none."""
    try:
        return Tiff(data, segment.body + len(EXIF_HEADER), segment.end)
    except NotTiff:
        return None


def orientation_of(exif: Tiff) -> int | None:
    """Return the orientation, 1..8; None if the segment does not say it, or says nonsense."""
    value = exif.number(exif.directory(exif.first)[0].get(_ORIENTATION))
    return value if value is not None and 1 <= value <= 8 else None


def thumbnail_of(data: bytes, segment: Segment, exif: Tiff | None) -> Thumbnail | None:
    """Return the small picture in a segment, if there is one that lies inside it; None otherwise."""
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


class Applications:
    """The contents of one file's APPn and COM segments, which are taken one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.segments: list[SegmentFacts] = []
        self.thumbnails: list[Thumbnail] = []
        self.jfif = False
        self.adobe_transform: int | None = None
        self.icc_parts: list[tuple[int, int]] = []  # number of the part, of how many
        self.orientation: int | None = None
        self.exif_count = 0
        self.exif_readable = True

    @property
    def icc_whole(self) -> bool:
        """True if all parts of the colour profile are there, or if there is none."""
        count = len(self.icc_parts)
        return sorted(self.icc_parts) == [(number, count) for number in range(1, count + 1)]

    def take(self, segment: Segment) -> None:
        """Take the next segment and note what it holds."""
        at, end = segment.body, segment.end
        kind = holds(self._data, segment)
        self.segments.append(SegmentFacts(name_of(segment.marker), segment.start, end - segment.start, kind))
        exif = exif_of(self._data, segment) if kind == "Exif" else None
        if kind == "JFIF":
            self.jfif = True
        elif kind == "Adobe" and end - at >= 12:
            self.adobe_transform = self._data[at + 11]
        elif kind == "ICC" and end - at >= 14:
            self.icc_parts.append((self._data[at + 12], self._data[at + 13]))
        elif kind == "Exif":
            self._take_exif(exif)
        thumbnail = thumbnail_of(self._data, segment, exif)
        if thumbnail is not None:
            self.thumbnails.append(thumbnail)

    def _take_exif(self, exif: Tiff | None) -> None:
        self.exif_count += 1
        self.exif_readable = self.exif_readable and exif is not None
        if exif is not None and self.exif_count == 1:
            self.orientation = orientation_of(exif)
