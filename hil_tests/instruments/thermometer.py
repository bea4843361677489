"""What measures the camera's tip from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class TemperatureScale:
    """How far its readings may be off, kelvin."""

    tolerance_k: float


@runtime_checkable
class Thermometer(Protocol):
    """On the applied part's surface."""

    @property
    def scale(self) -> TemperatureScale:
        """What its readings mean."""

    def read_c(self) -> float:
        """Degrees Celsius now."""
