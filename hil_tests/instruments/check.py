"""Checks of an instrument: does it answer, and with something that can be?"""

from __future__ import annotations

from hil_tests.errors import BenchError
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.instruments.thermometer import Thermometer

PLAUSIBLE_C = (-20.0, 85.0)
ABOVE_FULL = 2.0  # a reading of more than so many full levels is no light of this ring


def check(instrument: object) -> None:
    """Read the instrument once, if it can be read. Raises `BenchError`."""
    if isinstance(instrument, Thermometer):
        _check_temperature(instrument)
    elif isinstance(instrument, LightMeter):
        _check_light(instrument)


def _check_temperature(thermometer: Thermometer) -> None:
    celsius = thermometer.read_c()
    low, high = PLAUSIBLE_C
    if not low <= celsius <= high:
        raise BenchError(f"the thermometer shows {celsius:g} °C, which cannot be: check its wiring.")


def _check_light(light_meter: LightMeter) -> None:
    scale = light_meter.scale
    for zone, reading in light_meter.read().items():
        full = scale.full_level[zone]
        if not -full <= reading <= ABOVE_FULL * full:
            raise BenchError(
                f"the light meter shows {reading:g} {scale.unit} for {zone}, which cannot be: check its "
                "wiring, and that no other light falls on it."
            )
