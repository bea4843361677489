"""A thermometer at the tip of an emulated camera."""

from __future__ import annotations

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.instruments.thermometer import TemperatureScale


class EmulatedThermometer:
    """A thermometer that reads what the tip was set to."""

    scale = TemperatureScale(tolerance_k=0.001)  # the camera's own resolution

    def __init__(self, camera: EmulatedCamera) -> None:
        self._camera = camera

    def read_c(self) -> float:
        """Return the temperature in degrees Celsius."""
        return self._camera.tip_c
