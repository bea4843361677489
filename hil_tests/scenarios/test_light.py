"""The ring, as a light meter sees it: each zone, its neighbours, its caps, and when it must be dark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.report.measurements import Measurements
from oralcam import Camera
from oralcam.errors import OralcamError
from oralcam.lighting import PRESETS, ZONES
from oralcam.link.deadlines import Deadlines
from oralcam_protocol.wire.codec import LightRequest
from oralcam_protocol.wire.enums import Opcode

pytestmark = pytest.mark.one_transport

HANGING = Deadlines()
HANGING.heartbeat = 3600.0  # a program that hangs: the cable is in, nothing is said
SILENCE_S = 3.0  # after so long without a heartbeat the camera's light goes out
LEVELS = (0.25, 0.5, 1.0)


def is_lit(light_meter: LightMeter, zone: str, level: float) -> bool:
    expected, allowance = light_meter.scale.expected(zone, level), light_meter.scale.allowance(zone)
    return abs(light_meter.read()[zone] - expected) <= allowance


def is_dark(light_meter: LightMeter) -> bool:
    return all(reading <= light_meter.scale.allowance(zone) for zone, reading in light_meter.read().items())


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_gives_the_light_it_was_asked_for_and_its_neighbours_none(
    bench: Bench, camera: Camera, light_meter: LightMeter, measure: Measurements, zone: str
) -> None:
    scale = light_meter.scale
    for level in LEVELS:
        camera.lighting.set(**dict.fromkeys(ZONES, 0.0) | {zone: level}, steady=True)
        bench.until(partial(is_lit, light_meter, zone, level), f"{zone} lit at {level}")
        readings = light_meter.read()
        expected, allowance = scale.expected(zone, level), scale.allowance(zone)
        measure.value(
            f"{zone}_at_{level:g}",
            readings[zone],
            scale.unit,
            low=expected - allowance,
            high=expected + allowance,
        )
    for other in ZONES:
        if other != zone:
            measure.value(f"{zone}_seen_by_{other}", readings[other], scale.unit, high=scale.spill(other))
    camera.lighting.off()
    bench.until(lambda: is_dark(light_meter), "dark")


@pytest.mark.parametrize(
    "preset",
    [p if p == "posterior" else pytest.param(p, marks=pytest.mark.thorough) for p in sorted(PRESETS)],
)
def test_a_preset_lights_its_zones(
    bench: Bench, camera: Camera, light_meter: LightMeter, preset: str
) -> None:
    levels, scale = PRESETS[preset], light_meter.scale

    def as_asked() -> bool:
        """Neighbours may add what they spill."""
        readings = light_meter.read()
        return all(
            -scale.allowance(zone)
            <= readings[zone] - scale.expected(zone, level)
            <= scale.allowance(zone) + (len(ZONES) - 1) * scale.spill(zone)
            for zone, level in levels.items()
        )

    camera.lighting.preset(preset)
    bench.until(as_asked, f"the light of {preset}")


def test_no_request_lifts_a_zone_above_its_cap(
    bench: Bench, camera: Camera, light_meter: LightMeter, measure: Measurements
) -> None:
    scale = light_meter.scale
    camera.lighting.set(anterior=1.0, posterior_left=1.0, posterior_right=1.0)
    bench.until(lambda: is_lit_at_least(light_meter), "all zones lit")
    for levels in ([1001, 1000, 1000], [0xFFFF] * 3, [2000] * 3):
        with pytest.raises(OralcamError):  # past the SDK's own check: the camera itself refuses
            camera.request(Opcode.LIGHT_SET, LightRequest(1, levels).pack())
        for zone, reading in light_meter.read().items():
            highest = scale.full_level[zone] + scale.allowance(zone) + 2 * scale.spill(zone)
            measure.value(f"{zone}_asked_for_{max(levels)}", reading, scale.unit, high=highest)


def is_lit_at_least(light_meter: LightMeter) -> bool:
    scale = light_meter.scale
    return all(
        reading >= scale.full_level[zone] - scale.allowance(zone)
        for zone, reading in light_meter.read().items()
    )


def test_steady_light_goes_out_when_the_program_ends(
    bench: Bench, open_camera: Callable[..., Camera], transport: str, light_meter: LightMeter
) -> None:
    with open_camera(transport) as camera:
        camera.lighting.preset("even")
        bench.until(lambda: not is_dark(light_meter), "lit")
    bench.until(lambda: is_dark(light_meter), "dark")


def test_steady_light_goes_out_when_the_program_hangs(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    light_meter: LightMeter,
    measure: Measurements,
) -> None:
    camera = open_camera(transport, deadlines=HANGING)
    camera.lighting.preset("even")
    bench.until(lambda: not is_dark(light_meter), "lit")
    asked = bench.now()
    bench.until(lambda: is_dark(light_meter), "dark")
    measure.timing("dark_after_silence", bench.now() - asked, "s", low=SILENCE_S - 1, high=SILENCE_S + 1)


def test_the_ring_is_lit_for_an_exposure_only(bench: Bench, camera: Camera, light_meter: LightMeter) -> None:
    camera.lighting.preset("even", steady=False)
    assert is_dark(light_meter)
    photo = camera.capture()
    assert all(light.current_ma > 0 for light in photo.light.values())
    bench.until(lambda: is_dark(light_meter), "dark again")
