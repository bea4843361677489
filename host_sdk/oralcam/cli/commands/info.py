"""`oralcam info`."""

from __future__ import annotations

from oralcam.cli.camera_options import add_camera_options, open_camera
from oralcam.cli.terminal import aligned, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam info
oralcam info --port /dev/ttyACM0 --json"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which camera."""
    add_camera_options(parser)


def run(arguments: Namespace) -> int:
    """Open the camera and say who it is; nothing on it changes."""
    with open_camera(arguments) as camera:
        known = {
            "serial_number": camera.serial_number,
            "port": camera.port,
            "transport": camera.transport,
            "why_not_bulk": camera.why_not_bulk,
            "board": camera.board,
            "firmware_version": camera.firmware_version,
            "protocol_version": camera.protocol_version,
            "capabilities": sorted(camera.capabilities),
            "photos_waiting": camera.photos_waiting,
        }
    if arguments.json:
        print_json(known)
    else:
        known["capabilities"] = ", ".join(camera.capabilities) or "none"
        if not known["why_not_bulk"]:
            del known["why_not_bulk"]
        print(aligned((name.replace("_", " "), str(value)) for name, value in known.items()))
    return 0
