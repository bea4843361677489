"""A slanted edge, to see how sharp the camera is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from hil_tests.instruments.limits import Limits, limits_from
from hil_tests.instruments.region import region_from
from hil_tests.optics.region import Region
from oralcam.files.toml_table import Table

EDGE_KEYS = ("region", "mtf50")


@dataclass(frozen=True)
class EdgeScale:
    """Where the edge is in the picture; `mtf50`: limits of this camera there, cycles a pixel."""

    region: Region
    mtf50: Limits


def edge_scale_from(table: Table) -> EdgeScale:
    """From the description of an edge target."""
    return EdgeScale(region_from(table), limits_from(table, "mtf50"))


@runtime_checkable
class EdgeTarget(Protocol):
    """A printed or etched edge, some degrees from the upright or the level."""

    @property
    def scale(self) -> EdgeScale:
        """What is expected of its picture."""

    def show(self) -> None:
        """Have it before the camera."""

    def remove(self) -> None:
        """Have the usual view before the camera again."""
