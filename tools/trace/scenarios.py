"""The sessions that are recorded for every version: what a practice does in a day, in small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oralcam.camera import Camera
from oralcam.emulator import Bench
from oralcam.errors import LightLocked

PATIENCE_S = 10.0
FEVER_C = 41.0


class ScenarioFailed(Exception):
    """The emulator or the SDK did not do what the scenario is about: its recording would mislead."""


@dataclass(frozen=True)
class Scenario:
    """`before` the camera is opened, then `during` the session. `damage_at`: see `Tap`."""

    during: Callable[[Camera, Bench], None]
    before: Callable[[Bench], None] = lambda _: None
    damage_at: tuple[int, ...] = ()


def expect(happened: bool, what: str) -> None:
    """Raise `ScenarioFailed` unless it happened."""
    if not happened:
        raise ScenarioFailed(what)


def expect_event(camera: Camera, type: str) -> None:
    """Wait for an event of that type, since the camera was opened."""
    events = camera._event_reader(place=0).each(PATIENCE_S)
    expect(any(event.type == type for event in events), f"no event {type}")


def press_once(bench: Bench) -> None:
    """Press when nobody listens; return when the photo is accepted."""
    bench.press()
    expect(bench.wait_until(lambda bench: "taken" in bench.shown), "the press took no photo")


def three_presses(camera: Camera, bench: Bench) -> None:
    """Press twice more after one that was before, waiting for each."""
    for number in (1, 2, 3):
        if number > 1:
            bench.press()
        photo = camera.next_press(PATIENCE_S)
        expect(photo is not None and photo.press_number == number, f"press {number} did not come")


def light_settings_health(camera: Camera, _: Bench) -> None:
    """Do what a capture application does when it starts."""
    camera.health()
    camera.settings.get()
    camera.settings.apply(exposure_us=5000, gain=2.5, jpeg_quality=90)
    camera.lighting.preset("posterior")
    camera.lighting.state()
    camera.lighting.set(anterior=0.25, steady=False)
    camera.lighting.off()
    camera.health()


def refused_press(camera: Camera, bench: Bench) -> None:
    """Press a locked button: the handpiece is wiped."""
    camera.settings.apply(button_locked=True)
    bench.press()
    expect_event(camera, "refused")
    expect_event(camera, "release")
    camera.settings.apply(button_locked=False)


def too_warm(camera: Camera, bench: Bench) -> None:
    """Capture with a tip that is too warm for its light: the answer is an error."""
    bench.set_tip_temperature(FEVER_C)
    expect_event(camera, "light")
    try:
        camera.capture()
    except LightLocked:
        return
    raise ScenarioFailed("a tip that is too warm took a photo")


def captures(camera: Camera, _: Bench) -> None:
    """Capture as a host: plainly, and the sharpest of three."""
    camera.capture()
    camera.capture(sharpest_of=3)


def one_capture(camera: Camera, _: Bench) -> None:
    """Capture once, as a host."""
    camera.capture()


SCENARIOS: dict[str, Scenario] = {
    "captures": Scenario(captures),
    "presses": Scenario(three_presses, before=press_once),
    "light_settings_health": Scenario(light_settings_health),
    "refused_press": Scenario(refused_press),
    "too_warm": Scenario(too_warm),
    # HELLO and the answer to CAPTURE take a few hundred bytes: this one is in the photo's second DATA frame
    "damaged_data": Scenario(one_capture, damage_at=(4000,)),
}
