"""The instrument that measures the camera's tip from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from oralcam.files.toml_table import Table


@dataclass(frozen=True)
class TemperatureScale:
    """The accuracy of a thermometer: how far its readings may be off, in kelvin."""

    tolerance_k: float


def temperature_scale_from(table: Table) -> TemperatureScale:
    """Read the accuracy from the description of a thermometer."""
    return TemperatureScale(table.number("tolerance_k", high=5))


@runtime_checkable
class Thermometer(Protocol):
    """A thermometer on the applied part's surface."""

    @property
    def scale(self) -> TemperatureScale:
        """The accuracy of its readings."""

    def read_c(self) -> float:
        """Return the temperature now, in degrees Celsius."""
