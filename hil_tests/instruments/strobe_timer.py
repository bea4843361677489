"""What times the light of an exposure against the button, with its own clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class StrobeTiming:
    """One press, seconds of the instrument's clock. `dark_s` is when the light was out again."""

    pressed_s: float
    lit_s: float
    dark_s: float

    @property
    def latency_s(self) -> float:
        """From the button's edge to the first light."""
        return self.lit_s - self.pressed_s

    @property
    def length_s(self) -> float:
        """How long it was lit."""
        return self.dark_s - self.lit_s


class StrobeTimer(Protocol):
    """A button actuator and a light sensor on one clock."""

    def time_press(self) -> StrobeTiming:
        """Press once. Raises `BenchError` if no light comes, or none goes."""
