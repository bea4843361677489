"""Real light: when it comes, what it does to the picture, how warm it makes the tip."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.instruments.strobe_timer import StrobeTimer
from hil_tests.instruments.thermometer import Thermometer
from hil_tests.report.measurements import Measurements
from hil_tests.scenarios.test_light import is_dark
from oralcam import Camera

EXPOSURES_US = (1000, 5000, 20_000, 100_000)
LEVELS = (0.1, 0.3, 0.6, 1.0)
START_S = 3.0
FULL_LIGHT_S = 600.0  # IEC 60601-1, table 24: contact of 10 min or more
LIMIT_C = 41.0
RENEW_S = 60.0  # steady light ends by itself after two minutes


@pytest.mark.hardware("the strobe covers the exposure of a rolling shutter", wiring="button, strobe_timer")
def test_the_strobe_is_at_least_as_long_as_the_exposure(
    bench: Bench, camera: Camera, strobe_timer: StrobeTimer, measure: Measurements
) -> None:
    camera.lighting.preset("even", steady=False)
    for exposure_us in EXPOSURES_US:
        camera.settings.apply(exposure_us=exposure_us)
        timing = strobe_timer.time_press()
        assert camera.next_press(bench.counts.patience_s) is not None
        low = exposure_us / 1000
        measure.timing(f"strobe_for_{exposure_us}_us", timing.length_s * 1000, "ms", low=low)


@pytest.mark.hardware("more light is a brighter picture of a white target", wiring="target")
def test_a_picture_is_brighter_the_more_light_there_is(camera: Camera, measure: Measurements) -> None:
    camera.settings.apply(exposure_us=5000, gain=1.0)
    means = []
    for level in LEVELS:
        camera.lighting.set(anterior=level, posterior_left=level, posterior_right=level, steady=False)
        means.append(float(camera.capture().array().mean()))
        measure.value(f"mean_at_{level:g}", means[-1], "of 255", high=255)
    assert means == sorted(means)
    assert means[-1] > 2 * means[0]


@pytest.mark.hardware("banding: no stripes in a picture of an even target", wiring="target")
def test_an_even_target_has_no_stripes(camera: Camera, measure: Measurements) -> None:
    """PWM against a rolling shutter shows as rows that are brighter or darker than their neighbours."""
    camera.lighting.preset("even", steady=False)
    camera.settings.apply(exposure_us=5000)
    rows = camera.capture().array().astype("float64").mean(axis=(1, 2))
    largest = max(abs(float(row) - float(before)) for before, row in itertools.pairwise(rows))
    measure.value("largest_step_between_rows", largest / float(rows.mean()) * 100, "%", high=2.0)


@pytest.mark.hardware("the ring is dark from power-on until it is asked", wiring="light_meter, power")
def test_the_ring_is_dark_while_the_camera_starts(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    light_meter: LightMeter,
    power: PowerSwitch,
) -> None:
    open_camera(transport).close()
    power.off()
    power.on()
    until = bench.now() + START_S
    while bench.now() < until:
        assert is_dark(light_meter)


@pytest.mark.hardware("the surface stays below 41 °C at full light", wiring="thermometer")
def test_ten_minutes_of_full_light_do_not_make_the_tip_too_warm(
    bench: Bench, camera: Camera, thermometer: Thermometer, measure: Measurements
) -> None:
    warmest = thermometer.read_c()
    until = bench.now() + FULL_LIGHT_S
    renew = 0.0
    while bench.now() < until:
        if bench.now() >= renew:
            camera.lighting.set(anterior=1.0, posterior_left=1.0, posterior_right=1.0)
            renew = bench.now() + RENEW_S
        warmest = max(warmest, thermometer.read_c())
    measure.value("warmest_surface", warmest, "°C", high=LIMIT_C + thermometer.scale.tolerance_k)
