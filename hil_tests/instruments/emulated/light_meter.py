"""Eyes on the ring of an emulated camera: they see each zone's current."""

from __future__ import annotations

from collections.abc import Mapping

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.instruments.light_meter import LightScale


class EmulatedLightMeter:
    """Readings in milliamperes: the light of an LED is nearly proportional to its current."""

    def __init__(self, camera: EmulatedCamera, scale: LightScale) -> None:
        self._bench = camera.emulator.bench
        self._scale = scale

    @property
    def scale(self) -> LightScale:
        """As the description says."""
        return self._scale

    def read(self) -> Mapping[str, float]:
        """The zones' currents now."""
        return self._bench.ring_ma
