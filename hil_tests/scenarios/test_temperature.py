"""The tip gets warm: the light goes out before a patient feels it, and no host can help that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.instruments.thermometer import Thermometer
from hil_tests.instruments.tip_heater import TipHeater
from hil_tests.report.measurements import Measurements
from hil_tests.scenarios.test_light import is_dark
from oralcam import Camera
from oralcam.errors import LightLocked

pytestmark = pytest.mark.one_transport

LIMIT_C = 41.0  # IEC 60601-1: above it an applied part's temperature has to be justified
ABOVE_C = 42.0
COOL_C = 36.0  # below the limit less three kelvin of hysteresis
OWN_TOLERANCE_K = 0.5  # of the camera's own sensor, and of the glue between it and the surface


def test_the_camera_knows_how_warm_its_tip_is(
    camera: Camera, thermometer: Thermometer, measure: Measurements
) -> None:
    told_c = camera.health().tip_temperature_c
    assert told_c is not None
    difference_k = told_c - thermometer.read_c()
    allowed_k = thermometer.scale.tolerance_k + OWN_TOLERANCE_K
    measure.value("tip_told_less_measured", difference_k, "K", low=-allowed_k, high=allowed_k)


def test_a_warm_tip_locks_the_light_and_a_cool_one_opens_it(
    bench: Bench,
    camera: Camera,
    light_meter: LightMeter,
    thermometer: Thermometer,
    heater: TipHeater,
    measure: Measurements,
) -> None:
    camera.lighting.preset("even")
    bench.until(lambda: not is_dark(light_meter), "lit")
    heater.warm_to(ABOVE_C)
    bench.until(lambda: is_dark(light_meter), "dark", bench.counts.heating_s)
    allowed_k = thermometer.scale.tolerance_k + OWN_TOLERANCE_K
    measure.value("tip_when_locked", thermometer.read_c(), "°C", low=LIMIT_C - allowed_k)
    assert camera.health().light_locked == "too warm"
    with pytest.raises(LightLocked):
        camera.capture()
    camera.lighting.preset("posterior")  # asking again changes nothing
    assert is_dark(light_meter)
    heater.warm_to(COOL_C)
    bench.until(lambda: camera.health().light_locked is None, "unlocked", bench.counts.heating_s)
    assert camera.capture().size


def test_a_press_while_it_is_too_warm_is_refused_and_said(
    bench: Bench, camera: Camera, button: ButtonActuator, heater: TipHeater
) -> None:
    heater.warm_to(ABOVE_C)
    bench.until(lambda: camera.health().light_locked, "locked", bench.counts.heating_s)
    events = camera.events(bench.counts.patience_s)
    button.press()
    refused = next(event for event in events if event.type == "refused")
    assert refused.detail == "its light was locked for safety"
    heater.warm_to(COOL_C)
    bench.until(lambda: camera.health().light_locked is None, "unlocked", bench.counts.heating_s)
    button.press()
    assert camera.next_press(bench.counts.patience_s) is not None


@pytest.mark.thorough
def test_a_warm_camera_is_locked_from_its_first_moment(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    power: PowerSwitch,
    heater: TipHeater,
    light_meter: LightMeter,
) -> None:
    """The lock is not forgotten by taking the power away."""
    heater.warm_to(ABOVE_C)
    with open_camera(transport) as camera:
        bench.until(lambda: camera.health().light_locked, "locked", bench.counts.heating_s)
        power.off()
        power.on()
        assert camera.wait_connected(bench.counts.patience_s)
        with pytest.raises(LightLocked):
            camera.capture()
        assert is_dark(light_meter)
