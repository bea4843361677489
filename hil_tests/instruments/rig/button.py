"""The relay across the button's contact, or the solenoid above it."""

from __future__ import annotations

from hil_tests.rig.controller import RigController


class RigButton:
    """Driven by the rig controller."""

    def __init__(self, rig: RigController) -> None:
        self._rig = rig

    def press(self, hold_ms: int = 40) -> None:
        """Down, and up again."""
        self._rig.press(hold_ms)

    def down(self) -> None:
        """Hold it."""
        self._rig.button(True)

    def up(self) -> None:
        """Let go."""
        self._rig.button(False)
