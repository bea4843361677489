"""Button and photodiodes on the rig's one clock."""

from __future__ import annotations

from hil_tests.instruments.strobe_timer import StrobeTiming
from hil_tests.rig.controller import RigController

HOLD_MS = 40
WATCH_MS = 2000


class RigStrobeTimer:
    """A strobe timer. Light is there when any zone's sensor is above `threshold_mv`."""

    def __init__(self, rig: RigController, threshold_mv: int) -> None:
        self._rig = rig
        self._threshold_mv = threshold_mv

    def time_press(self) -> StrobeTiming:
        """Press once and time the light."""
        return StrobeTiming(*self._rig.time_press(HOLD_MS, self._threshold_mv, WATCH_MS))
