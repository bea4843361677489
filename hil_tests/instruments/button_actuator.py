"""The instrument that presses the camera's button."""

from __future__ import annotations

from typing import Protocol


class ButtonActuator(Protocol):
    """A button actuator: a finger, a solenoid, a relay across the contact."""

    def press(self, hold_ms: int = 40) -> None:
        """Press for `hold_ms`; return when the button is up and the next press would be no bounce."""

    def down(self) -> None:
        """Hold the button down."""

    def up(self) -> None:
        """Let go of the button. Harmless when it is up."""
