"""`oralcam list`."""

from __future__ import annotations

import sys

from oralcam.cli.terminal import aligned, aside, paint, print_json
from oralcam.errors import CameraNotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam list
oralcam list --json | jq -r '.[].port'"""


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""
    del parser


def run(arguments: Namespace) -> int:
    """Exit code 3 if there is none, as for every command without a camera."""
    from oralcam.discovery import list_cameras

    cameras = list_cameras()
    if arguments.json:
        print_json(
            [
                {name: getattr(camera, name) for name in ("serial_number", "port", "kind", "product")}
                for camera in cameras
            ]
        )
    elif cameras:
        heading = ("SERIAL NUMBER", "PORT", "KIND", "PRODUCT")
        rows = [(each.serial_number or "-", each.port, each.kind, each.product) for each in cameras]
        print(aligned([heading, *rows]))
    if cameras:
        return 0
    prefix = paint("oralcam:", "red", sys.stderr)
    aside(f"{prefix} No camera is connected: plug one in, or try `oralcam capture --emulator` without one.")
    return CameraNotFound.exit_code
