"""Reads the thermometers: one that is missing, differs from the other or never moves tells nothing."""

from camera_app.hal import Sensors
from camera_app.safety.limits import (
    CHIP_HYSTERESIS_MC,
    CHIP_LEAST_MC,
    CHIP_OFF_MC,
    DISAGREE_HYSTERESIS_MC,
    DISAGREE_MC,
    FROZEN_MS,
)
from oralcam_protocol.wire.enums import LightLock


class Thermometers:
    """Two at the tip, or one; and one in the hottest chip, where a board has it."""

    def __init__(self, sensors: Sensors) -> None:
        self._sensors = sensors
        self.lock = LightLock.NONE
        self._disagree = False
        self._chip_hot = False
        self._frozen = [Frozen(), Frozen()]

    def read(self, lit_ms: int) -> "int | None":
        """The warmer reading at the tip, None if there is none; `lock` says what else is wrong.

        `lit_ms`: how long the ring has been lit in all.
        """
        sensors = self._sensors
        tip_mc = sensors.tip_temperature_mc()
        second_mc = sensors.second_temperature_mc() if sensors.has_second else tip_mc
        self._judge_chip(sensors.die_temperature_mc())
        if tip_mc is None or second_mc is None:
            return None
        self._judge_difference(abs(tip_mc - second_mc))
        frozen = self._frozen[0].reading(tip_mc, lit_ms)
        if sensors.has_second and self._frozen[1].reading(second_mc, lit_ms):
            frozen = True
        self.lock = (
            LightLock.DISAGREE
            if self._disagree
            else LightLock.FROZEN
            if frozen
            else LightLock.CHIP_TOO_WARM
            if self._chip_hot
            else LightLock.NONE
        )
        return max(tip_mc, second_mc)

    def _judge_difference(self, difference_mc: int) -> None:
        if not difference_mc <= DISAGREE_MC:  # what is no number disagrees
            self._disagree = True
        elif difference_mc <= DISAGREE_MC - DISAGREE_HYSTERESIS_MC:
            self._disagree = False

    def _judge_chip(self, chip_mc: "int | None") -> None:
        if chip_mc is None:
            return  # not every board can measure it; one that fails to raises
        if not CHIP_LEAST_MC <= chip_mc < CHIP_OFF_MC:
            self._chip_hot = True
        elif chip_mc <= CHIP_OFF_MC - CHIP_HYSTERESIS_MC:
            self._chip_hot = False


class Frozen:
    """A real reading dithers, and light moves it: one that stays the same while there is light is none."""

    def __init__(self) -> None:
        self._last_mc = 0
        self._since_lit_ms = -1

    def reading(self, reading_mc: int, lit_ms: int) -> bool:
        """Is it frozen?"""
        if self._since_lit_ms < 0 or reading_mc != self._last_mc:
            self._last_mc = reading_mc
            self._since_lit_ms = lit_ms
        return lit_ms - self._since_lit_ms >= FROZEN_MS
