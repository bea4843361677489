"""The instrument that times the light of an exposure against the button, with its own clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class StrobeTiming:
    """The times of one press, in seconds of the instrument's clock.

    `dark_s` is when the light was out again.
    """

    pressed_s: float
    lit_s: float
    dark_s: float

    @property
    def latency_s(self) -> float:
        """The time from the button's edge to the first light, in seconds."""
        return self.lit_s - self.pressed_s

    @property
    def length_s(self) -> float:
        """The time that it was lit, in seconds."""
        return self.dark_s - self.lit_s


class StrobeTimer(Protocol):
    """A button actuator and a light sensor on one clock."""

    def time_press(self) -> StrobeTiming:
        """Press once and time the light. Raises `BenchError` if no light comes, or none goes."""
