"""The plug is pulled at every phase of a capture: nothing is lost silently, nothing comes twice.

Where a photo is when the power goes decides what must become of it:

| phase | a store that keeps photos | one that forgets |
|---|---|---|
| idle | nothing to lose | nothing to lose |
| pressed, exposing | reported as lost (or, too early to be noticed, no press at all) | the same |
| accepted, announced, in transfer, verified | the photo | reported as lost |
| durable | the photo, once | the photo, once, and no loss |
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.bench.outcome import Outcome, take_stock
from hil_tests.bench.watched_spool import DURABLE, VERIFIED, WHOLE, CuttingSpool, Place
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.scenarios.test_light import is_dark
from oralcam import Camera, DeviceDisconnected
from oralcam.errors import OralcamError

THOROUGH = pytest.mark.thorough
PLACES = [
    pytest.param(0.0, marks=THOROUGH),
    pytest.param(0.1, marks=THOROUGH),
    0.5,
    pytest.param(0.9, marks=THOROUGH),
    pytest.param(WHOLE, marks=THOROUGH),
    VERIFIED,
    DURABLE,
]
LONG_US = 100_000  # an exposure that a light meter cannot miss


@pytest.fixture
def recovered(
    bench: Bench, open_camera: Callable[..., Camera], transport: str, power: PowerSwitch, tmp_path: Path
) -> Callable[[], Outcome]:
    """Plug the camera in again; what a program finds then, and that the next press works as ever."""

    def recover() -> Outcome:
        power.on()
        return take_stock(bench, open_camera, transport, tmp_path / "spool")

    return recover


def keeps(camera: Camera) -> bool:
    return "photos_survive_reset" in camera.capabilities


def expect_photo_or_report(outcome: Outcome, kept: bool) -> None:
    assert (len(outcome.photos), len(outcome.lost)) == ((1, 0) if kept else (0, 1))


@pytest.mark.thorough
def test_idle(camera: Camera, power: PowerSwitch, recovered: Callable[[], Outcome]) -> None:
    power.off()
    with pytest.raises(OralcamError):
        camera.health()
    camera.close()
    assert recovered() == Outcome([], [])


@pytest.mark.one_transport
def test_pressed(
    bench: Bench,
    camera: Camera,
    button: ButtonActuator,
    power: PowerSwitch,
    recovered: Callable[[], Outcome],
) -> None:
    """The host knows of the press; what has become of its photo is the camera's to say."""
    camera.settings.apply(exposure_us=LONG_US)
    news = camera.events(bench.counts.patience_s)
    button.down()
    assert next(news).type == "press"
    power.off()
    button.up()
    camera.close()
    outcome = recovered()
    assert len(outcome.photos) + len(outcome.lost) == 1


@pytest.mark.one_transport
def test_exposing(
    bench: Bench,
    camera: Camera,
    button: ButtonActuator,
    light_meter: LightMeter,
    power: PowerSwitch,
    recovered: Callable[[], Outcome],
) -> None:
    camera.settings.apply(exposure_us=LONG_US)
    news = camera.events(bench.counts.patience_s)
    button.down()
    assert next(news).type == "press"  # the exposure begins before it is certain that this is one
    bench.until(lambda: not is_dark(light_meter), "lit for the exposure")
    power.off()
    button.up()
    camera.close()
    outcome = recovered()
    assert (len(outcome.photos), len(outcome.lost)) == (0, 1)


@pytest.mark.one_transport
def test_accepted_and_nobody_told(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    button: ButtonActuator,
    light_meter: LightMeter,
    power: PowerSwitch,
    recovered: Callable[[], Outcome],
) -> None:
    with open_camera(transport) as camera:
        kept = keeps(camera)
        camera.settings.apply(exposure_us=LONG_US)
    button.down()
    bench.until(lambda: not is_dark(light_meter), "lit for the exposure")
    bench.until(lambda: is_dark(light_meter), "dark again")
    button.up()
    with open_camera(transport) as camera:  # says only how many wait: nothing is fetched
        bench.until(lambda: camera.health().photos_waiting == 1, "a photo waiting")
    power.off()
    expect_photo_or_report(recovered(), kept)


@pytest.mark.one_transport
def test_announced(
    camera: Camera, button: ButtonActuator, power: PowerSwitch, recovered: Callable[[], Outcome]
) -> None:
    kept = keeps(camera)
    events = camera.events(10)
    button.press()
    assert any(event.type == "photo" for event in events)
    power.off()
    camera.close()
    expect_photo_or_report(recovered(), kept)


@pytest.mark.parametrize("place", PLACES)
def test_in_transfer(
    open_camera: Callable[..., Camera],
    transport: str,
    button: ButtonActuator,
    power: PowerSwitch,
    recovered: Callable[[], Outcome],
    tmp_path: Path,
    place: Place,
) -> None:
    spool = CuttingSpool(tmp_path / "spool", place, power.off)
    camera = open_camera(transport, spool=spool)
    kept = keeps(camera)
    button.press()
    photo = None
    try:
        photo = camera.next_press(10)
    except (DeviceDisconnected, OralcamError):
        assert place != DURABLE, "what is durable is handed out, power or not"
    assert spool.has_cut
    camera.close()
    outcome = recovered()
    if photo is not None:  # all of it was here in time
        assert place in (WHOLE, VERIFIED, DURABLE)
        assert outcome == Outcome([], [])
    else:
        expect_photo_or_report(outcome, kept)
