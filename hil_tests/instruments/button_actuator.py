"""What presses the camera's button."""

from __future__ import annotations

from typing import Protocol


class ButtonActuator(Protocol):
    """A finger, a solenoid, a relay across the contact."""

    def press(self, hold_ms: int = 40) -> None:
        """Down for `hold_ms`, then up; returns when it is up and the next press would be no bounce."""

    def down(self) -> None:
        """Hold it down."""

    def up(self) -> None:
        """Let go. Harmless when it is up."""
