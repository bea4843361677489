"""A light meter at the ring of an emulated camera: it sees each zone's current."""

from __future__ import annotations

from collections.abc import Mapping

from hil_tests.cameras.emulated_camera import EmulatedCamera
from hil_tests.instruments.light_meter import LightScale


class EmulatedLightMeter:
    """A light meter that reads milliamperes: an LED's light is nearly proportional to its current."""

    def __init__(self, camera: EmulatedCamera, scale: LightScale) -> None:
        self._bench = camera.emulator.bench
        self._scale = scale

    @property
    def scale(self) -> LightScale:
        """The scale that the description gives."""
        return self._scale

    def read(self) -> Mapping[str, float]:
        """Return the zones' currents now, in milliamperes."""
        return self._bench.ring_ma
