"""The instrument that warms the camera's tip, to see it protect its patient."""

from __future__ import annotations

from typing import Protocol


class TipHeater(Protocol):
    """A heating pad with a thermostat."""

    def warm_to(self, celsius: float) -> None:
        """Begin to warm the tip to this temperature, and keep it there; return at once."""

    def off(self) -> None:
        """Let the tip cool. Harmless when repeated."""
