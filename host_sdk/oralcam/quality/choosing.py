"""The choice between several photos of one view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from oralcam.errors import InvalidSetting
from oralcam.quality.decoding import decode
from oralcam.quality.sharpness import sharpness


class _HasJpeg(Protocol):
    @property
    def jpeg(self) -> bytes: ...


Shot = TypeVar("Shot", bound="bytes | _HasJpeg")


def sharpest(photos: Iterable[Shot]) -> Shot:
    """Return the sharpest of photos (or of JPEGs as bytes) of one view; the first of equals.

    It goes by the sharpness that reports tell: at twice its pixels it takes a noisy frame for a sharp one.
    Raises `InvalidSetting` if there are none, `DamagedJpeg`, `UnsupportedJpeg`.
    """
    best: tuple[float, Shot] | None = None
    for photo in photos:
        value = sharpness(decode(photo if isinstance(photo, bytes) else photo.jpeg))
        if best is None or value > best[0]:
            best = (value, photo)
    if best is None:
        raise InvalidSetting("There is no photo to choose from: give at least one.")
    return best[1]
