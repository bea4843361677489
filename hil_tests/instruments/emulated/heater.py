"""A heater that warms the tip of an emulated camera, at once."""

from __future__ import annotations

from hil_tests.cameras.emulated_camera import TIP_C, EmulatedCamera


class EmulatedHeater:
    """A heater for a tip without mass."""

    def __init__(self, camera: EmulatedCamera) -> None:
        self._camera = camera

    def warm_to(self, celsius: float) -> None:
        """Make the tip that warm now."""
        self._camera.warm(celsius)

    def off(self) -> None:
        """Make the tip as warm as it was at the start."""
        self._camera.warm(TIP_C)
