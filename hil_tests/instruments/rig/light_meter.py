"""A photodiode in front of each zone."""

from __future__ import annotations

from collections.abc import Mapping

from hil_tests.instruments.light_meter import SCALE_KEYS, LightScale, scale_from
from hil_tests.rig.controller import RigController
from oralcam.files.toml_table import Table
from oralcam.lighting import ZONES

KEYS = (*SCALE_KEYS, "per_volt", "dark_mv")


class RigLightMeter:
    """Photodiodes whose readings are (volts - dark) x `per_volt` of the zone.

    Calibration against a light meter finds these two numbers.
    """

    def __init__(
        self, rig: RigController, scale: LightScale, per_volt: Mapping[str, float], dark_mv: float
    ) -> None:
        self._rig = rig
        self._scale = scale
        self._per_volt = per_volt
        self._dark_mv = dark_mv

    @property
    def scale(self) -> LightScale:
        """The scale that the description gives."""
        return self._scale

    def read(self) -> Mapping[str, float]:
        """Return the reading of each zone now."""
        return {
            zone: (millivolts - self._dark_mv) / 1000 * self._per_volt[zone]
            for zone, millivolts in zip(ZONES, self._rig.light_mv(), strict=True)
        }


class RigLightMeterSetup:
    """The setup that the description gives."""

    def __init__(self, table: Table) -> None:
        self._scale = scale_from(table)
        self._per_volt = table.numbers("per_volt", ZONES)
        self._dark_mv = table.number("dark_mv", 0.0, high=3300)

    def on(self, rig: RigController) -> RigLightMeter:
        """Return the meter on that rig."""
        return RigLightMeter(rig, self._scale, self._per_volt, self._dark_mv)
