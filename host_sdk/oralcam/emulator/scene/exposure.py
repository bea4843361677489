"""The orders to a sensor, and the frames that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

ZONES = ("anterior", "posterior_left", "posterior_right")  # the patient's left is at the picture's right
RATED_MA = 20.0


@dataclass(frozen=True)
class Exposure:
    """One exposure: mean current of each zone's LEDs (mA), time (microseconds), gain (1.0 = none)."""

    light_ma: Mapping[str, float]
    exposure_us: int
    gain: float
    jpeg_quality: int = 85


@dataclass(frozen=True)
class Frame:
    """One JPEG from the sensor, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


class Scene(Protocol):
    """A subject in front of the sensor.

    A scene may have a method `prepare` as well: what is slow about its first frame is done there, before the
    camera can be found.
    """

    def expose(self, exposure: Exposure) -> Frame:
        """Return one frame of it."""
