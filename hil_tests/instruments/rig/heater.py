"""The heating pad at the camera's tip."""

from __future__ import annotations

from hil_tests.rig.controller import RigController


class RigHeater:
    """A heating pad. The rig's own thermostat keeps the temperature, and its own limit."""

    def __init__(self, rig: RigController) -> None:
        self._rig = rig

    def warm_to(self, celsius: float) -> None:
        """Begin to warm the tip, and return at once."""
        self._rig.heater(celsius)

    def off(self) -> None:
        """Let the tip cool."""
        self._rig.heater(None)
