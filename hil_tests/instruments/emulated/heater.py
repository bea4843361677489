"""Warms the tip of an emulated camera, at once."""

from __future__ import annotations

from hil_tests.cameras.emulated_camera import TIP_C, EmulatedCamera


class EmulatedHeater:
    """A tip without mass."""

    def __init__(self, camera: EmulatedCamera) -> None:
        self._camera = camera

    def warm_to(self, celsius: float) -> None:
        """It is that warm now."""
        self._camera.warm(celsius)

    def off(self) -> None:
        """It is as it was at the start."""
        self._camera.warm(TIP_C)
