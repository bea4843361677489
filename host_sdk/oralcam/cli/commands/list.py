"""`oralcam list`."""

from __future__ import annotations

import sys

from oralcam.cli.parsing import seconds
from oralcam.cli.terminal import aligned, aside, paint, print_json
from oralcam.errors import CameraNotFound, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from oralcam.discovery.cameras import CameraInfo

EXAMPLES = """\
oralcam list
oralcam list --json | jq -r '.[].port'
oralcam list --watch                       # then a line for each that comes or goes, until Ctrl-C
oralcam list --watch --timeout 60 --json"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare whether to look once, or from now on."""
    parser.add_argument(
        "--watch", action="store_true", help="go on, and show every camera that comes or goes"
    )
    parser.add_argument(
        "--timeout", type=seconds, metavar="S", help="with --watch: end after S seconds without a change"
    )


def run(arguments: Namespace) -> int:
    """List the cameras; return 3 if there is none, as every command does without a camera."""
    if arguments.watch:
        return _watch(arguments)
    if arguments.timeout is not None:
        raise UsageError("--timeout is for --watch (see `oralcam list --help`).")
    from oralcam.discovery.cameras import list_cameras

    cameras = list_cameras()
    if arguments.json:
        print_json([_record(camera) for camera in cameras])
    elif cameras:
        print(aligned([("SERIAL NUMBER", "PORT", "KIND", "PRODUCT"), *map(_cells, cameras)]))
        for camera in cameras:
            _warn(camera)
    if cameras:
        return 0
    prefix = paint("oralcam:", "red", sys.stderr)
    aside(f"{prefix} No camera is connected: plug one in, or try `oralcam capture --emulator` without one.")
    return CameraNotFound.exit_code


def _watch(arguments: Namespace) -> int:
    """Print one line for each change, at once."""
    from oralcam.discovery.hotplug import watch_cameras

    aside("Watching for cameras. Ctrl-C ends.")
    for change in watch_cameras(arguments.timeout):
        if arguments.json:
            print_json({"change": change.kind, **_record(change.camera)})
        else:
            print(f"{change.kind:<7}", *_cells(change.camera), sep="  ", flush=True)
            if change.kind == "arrived":
                _warn(change.camera)
    return 0


def _record(camera: CameraInfo) -> dict[str, object]:
    return camera._asdict()


def _cells(camera: CameraInfo) -> tuple[str, ...]:
    others = [port for port in camera.ports if port != camera.port]
    return (
        camera.serial_number or "-",
        " ".join([camera.port or "-", *others]),
        camera.kind,
        camera.product,
    )


def _warn(camera: CameraInfo) -> None:
    """Tell what keeps a camera from being used, or from being used as well as it could be."""
    sentence = camera.trouble or camera.note
    if sentence:
        name = camera.port or camera.serial_number or camera.product
        colour = "red" if camera.trouble else "yellow"
        aside(f"{paint(f'{name}:', colour, sys.stderr)} {sentence}")
