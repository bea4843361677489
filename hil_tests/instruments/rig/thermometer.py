"""The TMP117 on the camera's tip."""

from __future__ import annotations

from hil_tests.instruments.thermometer import TemperatureScale
from hil_tests.rig.controller import RigController


class RigThermometer:
    """A thermometer that the rig controller reads."""

    def __init__(self, rig: RigController, scale: TemperatureScale) -> None:
        self._rig = rig
        self._scale = scale

    @property
    def scale(self) -> TemperatureScale:
        """The scale that the description gives."""
        return self._scale

    def read_c(self) -> float:
        """Return the temperature now, in degrees Celsius."""
        return self._rig.temperature_c()
