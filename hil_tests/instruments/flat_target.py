"""An evenly bright target, to see how even light and lens are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from hil_tests.instruments.limits import Limits, limits_from
from oralcam.files.toml_table import Table

FLAT_KEYS = ("uniformity", "vignetting")


@dataclass(frozen=True)
class FlatScale:
    """Limits of this camera's: both are parts, 0..1."""

    uniformity: Limits
    vignetting: Limits


def flat_scale_from(table: Table) -> FlatScale:
    """From the description of a flat target."""
    return FlatScale(limits_from(table, "uniformity"), limits_from(table, "vignetting"))


@runtime_checkable
class FlatTarget(Protocol):
    """White and matt, over the whole picture."""

    @property
    def scale(self) -> FlatScale:
        """What is expected of its picture."""

    def show(self) -> None:
        """Have it before the camera."""

    def remove(self) -> None:
        """Have the usual view before the camera again."""
