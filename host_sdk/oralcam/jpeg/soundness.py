"""The door to the record: only JPEGs that are whole, and that charts and archives take, pass it."""

from __future__ import annotations

from oralcam.errors import DamagedJpeg, UnsupportedJpeg
from oralcam.jpeg.inspector import inspect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from oralcam.jpeg.facts import JpegFacts


def require_whole(damage: Sequence[str]) -> None:
    """Raise `DamagedJpeg` with the reasons, if there are any. A whole file may be of any kind."""
    if damage:
        raise DamagedJpeg(
            f"This JPEG is damaged. {' '.join(damage)} Fetch it from the camera again, or retake it; "
            "the file was left as it is."
        )


def require_sound(data: bytes) -> JpegFacts:
    """Return the facts of a JPEG that is whole, and baseline: 8 bits, gray or three colours.

    Raises `DamagedJpeg` or `UnsupportedJpeg` with the reason. The facts' `notes` mention without refusing: up
    to 4,096 bytes of filling (00 or FF) behind the end, RGB colours, several scans, an unreadable Exif
    segment.
    """
    facts = inspect(data)
    require_whole(facts.damage)
    if facts.unsupported:
        raise UnsupportedJpeg(
            "This JPEG is whole, but charts and archives do not take its kind. "
            f"{' '.join(facts.unsupported)} Save it as a baseline JPEG with 8 bits and three colours."
        )
    return facts
