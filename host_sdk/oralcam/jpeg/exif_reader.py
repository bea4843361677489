"""The fields of `PhotoMetadata` from an Exif segment: ours, or another program's as far as it can be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from oralcam.errors import InvalidMetadata
from oralcam.jpeg.metadata import PhotoMetadata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.jpeg.tiff import Entry, Tiff

_EXIF_DIRECTORY = 0x8769
_PICTURE_TEXTS = {0x010F: "make", 0x0110: "model", 0x0131: "software"}
_SHOT_TEXTS = {0xA420: "image_unique_id", 0xA431: "body_serial_number"}


def fields_of(exif: Tiff) -> dict[str, Any]:
    """Return the fields that are there and that a photo can have. Another program's nonsense is left out."""
    picture, _ = exif.directory(exif.first)
    shot, _ = exif.directory(exif.number(picture.get(_EXIF_DIRECTORY)) or 0)
    found: dict[str, Any] = {
        "orientation": exif.number(picture.get(0x0112)),
        "exposure_s": exif.rational(shot.get(0x829A)),
        "iso": exif.number(shot.get(0x8827)),
        "taken_at": _moment(exif, shot),
    }
    for directory, names in ((picture, _PICTURE_TEXTS), (shot, _SHOT_TEXTS)):
        found.update({name: exif.text(directory.get(tag)) for tag, name in names.items()})
    return {name: value for name, value in found.items() if value not in (None, "") and fits(name, value)}


def fits(name: str, value: Any) -> bool:
    """Tell whether a photo's metadata can have this value."""
    try:
        PhotoMetadata(**{name: value})
    except InvalidMetadata:
        return False
    return True


def _moment(exif: Tiff, shot: dict[int, Entry]) -> datetime | None:
    """Return DateTimeOriginal; None without its offset from UTC, for then nobody knows when that was."""
    local, offset, fraction = (exif.text(shot.get(tag)) for tag in (0x9003, 0x9011, 0x9291))
    digits = fraction.strip()[:6]
    if digits and not (digits.isascii() and digits.isdigit()):
        digits = ""
    try:
        taken_at = datetime.fromisoformat(
            f"{local[:10].replace(':', '-')} {local[11:19]}.{digits.ljust(6, '0')}{offset}"
        )
    except ValueError:
        return None
    return taken_at if taken_at.utcoffset() is not None else None
