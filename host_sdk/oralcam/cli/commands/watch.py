"""`oralcam watch`."""

from __future__ import annotations

from oralcam.cli.camera_options import add_camera_options, open_camera
from oralcam.cli.destination import folder_of_photos
from oralcam.cli.parsing import photos, seconds
from oralcam.cli.photo_text import photo_line, photo_record
from oralcam.cli.progress import progress_bar
from oralcam.cli.stopping import unwind_on_sigterm
from oralcam.cli.terminal import aside, print_json
from oralcam.errors import DeviceDisconnected, PressesMissing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from oralcam.camera import Camera
    from oralcam.events.event import Event
    from oralcam.photo import Photo

EXAMPLES = """\
oralcam watch --out photos                            # until Ctrl-C
oralcam watch --out photos --count 3 --timeout 60     # three presses, at most a minute from one to the next
oralcam watch --out photos --json | while read -r photo; do …; done"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where photos go, how many, and which camera."""
    parser.add_argument(
        "--out",
        required=True,
        metavar="DIR",
        help="save photos as DIR/<capture id>.jpg; DIR is made if missing",
    )
    parser.add_argument("--count", type=photos, metavar="N", help="end after N photos")
    parser.add_argument("--timeout", type=seconds, metavar="S", help="end after S seconds without a press")
    add_camera_options(parser)


def run(arguments: Namespace) -> int:
    """Print one line for each photo, as soon as it is saved. Go on when an unplugged camera is back."""
    destination = folder_of_photos(arguments.out)
    unwind_on_sigterm()
    saved = 0
    with open_camera(arguments) as camera:
        camera.on_event(_tell_what_is_lost)
        _tell_of_before(camera)
        aside(f"Watching {camera.serial_number} on {camera.port}: press the button. Ctrl-C ends.")
        for photo in _presses(camera, arguments):
            path = photo.save(destination.path_for(photo.capture_id))
            if arguments.json:
                print_json(photo_record(photo, path))
            else:
                print(photo_line(photo, path), flush=True)
            saved += 1
            if saved == arguments.count:
                return 0
    if arguments.count is not None:
        raise PressesMissing(
            f"{saved} of {arguments.count} photos came; then nobody pressed for {arguments.timeout:g} s."
        )
    return 0


def _presses(camera: Camera, arguments: Namespace) -> Iterator[Photo]:
    """Yield photos as `Camera.presses` does, but wait for an unplugged camera."""
    while True:
        try:
            yield from camera.presses(arguments.timeout, progress=progress_bar(arguments))
            return
        except DeviceDisconnected as error:
            if camera.emulator is not None:
                raise  # an emulator of this command's own does not come back
            aside(f"{error} Waiting for it to come back. Ctrl-C ends.")
            if not camera.wait_connected(arguments.timeout):
                raise
            aside(f"It is back on {camera.port}.")


def _tell_of_before(camera: Camera) -> None:
    """Tell what an earlier program could not tell."""
    for lost in camera.losses:
        press = "A photo" if lost.press_number is None else f"The photo of press {lost.press_number}"
        aside(f"{press} was lost by a reset of the camera: take it again.")


def _tell_what_is_lost(event: Event) -> None:
    """Tell of every press that becomes no photo: none is silent."""
    if event.type in ("refused", "capture_lost"):
        press = "" if event.press_number is None else f" {event.press_number}"
        aside(f"Press{press} became no photo: {event.detail or 'a reset of the camera took it'}.")
