"""The load switch in the camera's VBUS."""

from __future__ import annotations

from hil_tests.rig.controller import RigController


class RigPower:
    """A load switch that the rig controller switches.

    USB's data lines stay where they are, and fall silent.
    """

    def __init__(self, rig: RigController) -> None:
        self._rig = rig

    def off(self) -> None:
        """Take VBUS away."""
        self._rig.power(False)

    def on(self) -> None:
        """Give VBUS back; the camera takes its time to start."""
        self._rig.power(True)
