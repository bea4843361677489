"""The ring: what is asked for, what is on, what the picture shows, and when it stays dark."""

from __future__ import annotations

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import InvalidSetting, LightLocked
from oralcam.lighting import PRESETS
from oralcam.link.deadlines import Deadlines


def thirds(camera: Camera) -> list[float]:
    """Mean brightness of the picture's left, middle and right third."""
    pixels = camera.capture().array()
    width = pixels.shape[1]
    return [float(pixels[:, width * i // 3 : width * (i + 1) // 3].mean()) for i in range(3)]


def test_light_in_a_zone_brightens_that_zone(oralcam_camera: Camera) -> None:
    oralcam_camera.lighting.off()
    left, middle, right = thirds(oralcam_camera)
    for zone, place in (("posterior_right", 0), ("anterior", 1), ("posterior_left", 2)):
        oralcam_camera.lighting.set(**{zone: 1.0})  # type: ignore[arg-type]
        gains = [
            now - before for now, before in zip(thirds(oralcam_camera), (left, middle, right), strict=True)
        ]
        assert gains[place] == max(gains), zone
        assert gains[place] > 20, zone


def test_more_light_exposure_or_gain_is_a_brighter_picture(oralcam_camera: Camera) -> None:
    def mean() -> float:
        return float(oralcam_camera.capture().array().mean())

    oralcam_camera.lighting.set(anterior=0.2, posterior_left=0.2, posterior_right=0.2)
    dim = mean()
    oralcam_camera.lighting.set(anterior=0.6, posterior_left=0.6, posterior_right=0.6)
    lit = mean()
    oralcam_camera.settings.apply(exposure_us=5000)
    short = mean()
    oralcam_camera.settings.apply(gain=3.0)
    amplified = mean()
    assert dim < lit
    assert short < lit
    assert short < amplified


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_the_photo_says_what_was_on(oralcam_camera: Camera, oralcam_emulator: Emulator, preset: str) -> None:
    oralcam_camera.lighting.preset(preset, steady=False)
    photo = oralcam_camera.capture()
    assert {zone: light.level for zone, light in photo.light.items()} == PRESETS[preset]
    assert {zone: light.current_ma for zone, light in photo.light.items()} == {
        zone: level * 20 for zone, level in PRESETS[preset].items()
    }
    assert oralcam_emulator.bench.wait_until(lambda bench: not any(bench.ring_ma.values()))


def test_steady_light_is_on_at_once_and_goes_out_with_the_host(oralcam_emulator: Emulator) -> None:
    bench = oralcam_emulator.bench
    with Camera.open(oralcam_emulator) as camera:
        state = camera.lighting.preset("posterior")
        assert state.steady
        assert bench.wait_until(lambda bench: bench.ring_ma["posterior_left"] == 20)
        assert camera.lighting.state() == state
    assert bench.wait_until(lambda bench: not any(bench.ring_ma.values()))


def test_steady_light_goes_out_when_the_host_is_silent(oralcam_emulator: Emulator) -> None:
    bench = oralcam_emulator.bench
    hanging = Deadlines()
    hanging.heartbeat = 3600.0  # the program hangs; the cable is still in
    with Camera(oralcam_emulator.port, deadlines=hanging) as camera:
        camera.lighting.preset("even")
        assert bench.wait_until(lambda bench: any(bench.ring_ma.values()))
        assert bench.wait_until(lambda bench: not any(bench.ring_ma.values()), timeout=6)


def test_heat_puts_the_light_out_and_refuses_photos_until_it_has_cooled(
    oralcam_camera: Camera, oralcam_emulator: Emulator
) -> None:
    bench = oralcam_emulator.bench
    events = oralcam_camera.events(timeout=10)
    oralcam_camera.lighting.preset("even")
    bench.set_tip_temperature(41.0)
    assert bench.wait_until(lambda bench: not any(bench.ring_ma.values()))
    assert next(event for event in events if event.type == "light").detail == "locked: too warm"
    with pytest.raises(LightLocked, match="cool down"):
        oralcam_camera.capture()
    oralcam_camera.lighting.preset("posterior")  # asking again changes nothing
    assert not any(bench.ring_ma.values())
    assert oralcam_camera.health().light_locked == "too warm"
    bench.set_tip_temperature(38.5)
    with pytest.raises(LightLocked):
        oralcam_camera.capture()
    bench.set_tip_temperature(37.9)
    assert next(event for event in events if event.type == "light").detail == "unlocked"
    assert oralcam_camera.capture().tip_temperature_c == pytest.approx(37.9)


def test_a_missing_temperature_sensor_keeps_the_light_off(
    oralcam_camera: Camera, oralcam_emulator: Emulator
) -> None:
    oralcam_emulator.bench.set_tip_temperature(None)
    with pytest.raises(LightLocked):
        oralcam_camera.capture()
    health = oralcam_camera.health()
    assert (health.light_locked, health.tip_temperature_c) == ("temperature unknown", None)
    oralcam_camera.lighting.off()
    assert oralcam_camera.capture().tip_temperature_c is None  # without light it may take what daylight gives


def test_a_level_outside_its_range_is_refused_at_the_door(oralcam_camera: Camera) -> None:
    before = oralcam_camera.lighting.state()
    with pytest.raises(InvalidSetting, match=r"anterior is 1\.5"):
        oralcam_camera.lighting.set(anterior=1.5)
    with pytest.raises(InvalidSetting, match="no light preset 'disco'"):
        oralcam_camera.lighting.preset("disco")
    assert oralcam_camera.lighting.state() == before
