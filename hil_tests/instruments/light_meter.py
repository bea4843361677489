"""The instrument that measures the light of the ring's zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from oralcam.files.toml_table import Table
from oralcam.lighting import ZONES

SCALE_KEYS = ("unit", "full_level", "tolerance", "cross_talk")


@dataclass(frozen=True)
class LightScale:
    """The readings of a good camera, found when the bench was set up.

    `full_level` is the reading of each zone, lit alone at level 1.0, in `unit`. `tolerance` and `cross_talk`
    are parts of it: how far a reading may be off, and what a zone's sensor may see of its neighbours.
    """

    unit: str
    full_level: Mapping[str, float]
    tolerance: float
    cross_talk: float

    def expected(self, zone: str, level: float) -> float:
        """Return the reading of `zone` at `level`.

        Light is proportional to current (PWM or constant current).
        """
        return self.full_level[zone] * level

    def allowance(self, zone: str) -> float:
        """Return how far a reading of `zone` may be off, in `unit`; a reading that is not above this
        is dark.
        """
        return self.full_level[zone] * self.tolerance

    def spill(self, zone: str) -> float:
        """Return what the sensor of `zone` may show while only others are lit, in `unit`."""
        return self.full_level[zone] * (self.cross_talk + self.tolerance)


def scale_from(table: Table) -> LightScale:
    """Read the scale from the description of a light meter."""
    return LightScale(
        unit=table.text("unit"),
        full_level=table.numbers("full_level", ZONES),
        tolerance=table.number("tolerance", high=0.5),
        cross_talk=table.number("cross_talk", high=0.5),
    )


@runtime_checkable
class LightMeter(Protocol):
    """A light meter with one sensor for each zone."""

    @property
    def scale(self) -> LightScale:
        """The meaning of its readings."""

    def read(self) -> Mapping[str, float]:
        """Return the reading of each zone now, in the scale's unit."""
