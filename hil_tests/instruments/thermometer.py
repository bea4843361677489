"""What measures the camera's tip from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from oralcam.files.toml_table import Table


@dataclass(frozen=True)
class TemperatureScale:
    """How far its readings may be off, kelvin."""

    tolerance_k: float


def temperature_scale_from(table: Table) -> TemperatureScale:
    """From the description of a thermometer."""
    return TemperatureScale(table.number("tolerance_k", high=5))


@runtime_checkable
class Thermometer(Protocol):
    """On the applied part's surface."""

    @property
    def scale(self) -> TemperatureScale:
        """What its readings mean."""

    def read_c(self) -> float:
        """Degrees Celsius now."""
