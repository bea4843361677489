"""The instrument that takes the camera's USB power away: to the camera, an unplug."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class PowerSwitch(Protocol):
    """A power switch: a relay in VBUS, a hub that can switch its ports, a hand."""

    def off(self) -> None:
        """Switch the power off. The camera has no power and no USB when this returns.

        Harmless when repeated.
        """

    def on(self) -> None:
        """Switch the power on: the camera starts. Return at once or when it is up. Harmless when repeated."""
