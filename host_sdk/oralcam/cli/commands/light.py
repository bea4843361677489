"""`oralcam light`."""

from __future__ import annotations

import time

from oralcam.cli.camera_options import add_camera_options, open_camera
from oralcam.cli.parsing import number, seconds
from oralcam.cli.stopping import unwind_on_sigterm
from oralcam.cli.terminal import aside, print_json
from oralcam.errors import LightLocked, UsageError
from oralcam.lighting import PRESETS, ZONES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from oralcam.camera import Camera
    from oralcam.lighting import LightState

LOOK_EVERY_S = 1.0
EXAMPLES = f"""\
oralcam light                                  # what is lit
oralcam light posterior                        # until Ctrl-C
oralcam light --anterior 0.5 --seconds 10
presets: {", ".join(PRESETS)}"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare a preset, or levels, and which camera."""
    parser.add_argument("preset", nargs="?", choices=PRESETS, metavar="PRESET", help=", ".join(PRESETS))
    for zone in ZONES:
        option = f"--{zone.replace('_', '-')}"
        parser.add_argument(
            option, dest=zone, type=number, metavar="LEVEL", help="level of this zone, 0 to 1"
        )
    parser.add_argument("--seconds", type=seconds, metavar="S", help="end after S seconds")
    add_camera_options(parser)


def run(arguments: Namespace) -> int:
    """Light the ring for as long as this command runs; the levels stay for the next photo."""
    levels = {zone: getattr(arguments, zone) for zone in ZONES if getattr(arguments, zone) is not None}
    if arguments.preset and levels:
        raise UsageError("A preset sets every zone: give either a preset or levels.")
    unwind_on_sigterm()
    with open_camera(arguments) as camera:
        if arguments.preset:
            state = camera.lighting.preset(arguments.preset)
        elif levels:
            state = camera.lighting.set(**levels)
        else:
            state = camera.lighting.state()
        _tell(state, arguments.json)
        if state.steady and (arguments.preset or levels):
            _stay_lit(camera, arguments.seconds)
    return 0


def _stay_lit(camera: Camera, duration_s: float | None) -> None:
    """Wait until the time is over, Ctrl-C, or the camera puts the light out. Raises `LightLocked`."""
    deadline = float("inf") if duration_s is None else time.monotonic() + duration_s
    if duration_s is None:
        aside("Lit until Ctrl-C.")
    news = camera._event_reader()
    try:
        while (left := deadline - time.monotonic()) > 0:
            news.batch(min(left, LOOK_EVERY_S))
            state = camera.lighting.state()
            if state.locked:
                raise LightLocked(f"The camera put its light out: {state.locked}.")
            if not state.steady:
                aside("The camera put its light out, as it does when no photo is taken for two minutes.")
                return
    except KeyboardInterrupt:
        pass  # the way to end it


def _tell(state: LightState, as_json: bool) -> None:
    if as_json:
        zones = {
            name: {"level": zone.level, "current_ma": zone.current_ma} for name, zone in state.zones.items()
        }
        print_json({"zones": zones, "steady": state.steady, "locked": state.locked})
        return
    zones_text = ", ".join(
        f"{name} {zone.level:.0%} ({zone.current_ma:g} mA)" for name, zone in state.zones.items()
    )
    how = f"locked: {state.locked}" if state.locked else "on" if state.steady else "on for exposures only"
    print(f"{zones_text}; {how}", flush=True)
