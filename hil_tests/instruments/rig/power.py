"""The load switch in the camera's VBUS."""

from __future__ import annotations

from hil_tests.rig.controller import RigController


class RigPower:
    """Switched by the rig controller; USB's data lines stay where they are, and fall silent."""

    def __init__(self, rig: RigController) -> None:
        self._rig = rig

    def off(self) -> None:
        """No VBUS."""
        self._rig.power(False)

    def on(self) -> None:
        """VBUS; the camera takes its time to start."""
        self._rig.power(True)
