"""The button at a rig: the relay across its contact, or the solenoid above it."""

from __future__ import annotations

from hil_tests.rig.controller import RigController


class RigButton:
    """A button that the rig controller drives."""

    def __init__(self, rig: RigController) -> None:
        self._rig = rig

    def press(self, hold_ms: int = 40) -> None:
        """Press the button and let go."""
        self._rig.press(hold_ms)

    def down(self) -> None:
        """Hold the button down."""
        self._rig.button(True)

    def up(self) -> None:
        """Let go of the button."""
        self._rig.button(False)
