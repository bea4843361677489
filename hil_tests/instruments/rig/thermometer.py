"""The TMP117 on the camera's tip."""

from __future__ import annotations

from hil_tests.instruments.thermometer import TemperatureScale
from hil_tests.rig.controller import RigController


class RigThermometer:
    """Read by the rig controller."""

    def __init__(self, rig: RigController, scale: TemperatureScale) -> None:
        self._rig = rig
        self._scale = scale

    @property
    def scale(self) -> TemperatureScale:
        """As the description says."""
        return self._scale

    def read_c(self) -> float:
        """Degrees Celsius now."""
        return self._rig.temperature_c()
