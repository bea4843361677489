"""`oralcam capture`."""

from __future__ import annotations

from argparse import ArgumentTypeError
from importlib import import_module

from oralcam.cli.camera_options import add_camera_options, open_camera
from oralcam.cli.destination import file_or_folder
from oralcam.cli.parsing import photos
from oralcam.cli.photo_text import photo_line, photo_record
from oralcam.cli.progress import progress_bar
from oralcam.cli.stopping import unwind_on_sigterm
from oralcam.cli.terminal import print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam capture -o molar.jpg                 # with the camera that is connected
oralcam capture --emulator --light posterior # without one
oralcam capture --replay photo.jpg --json    # this very JPEG, through the whole way of a photo
oralcam capture --serial OC-0042 --sharpest-of 4 -o photos/"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare where the photo goes, in which light, and which camera."""
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="a file, which is replaced, or an existing folder (default: photo-<capture id>.jpg here)",
    )
    parser.add_argument(
        "--light", type=_preset, metavar="PRESET", help="light for the photo; see `oralcam light --help`"
    )
    parser.add_argument(
        "--sharpest-of",
        type=photos,
        choices=range(1, 9),
        default=1,
        metavar="N",
        help="expose 1 to 8 frames and keep the sharpest",
    )
    add_camera_options(parser)


def run(arguments: Namespace) -> int:
    """Take a photo, save it, and say where it is."""
    import threading

    destination = file_or_folder(arguments.output)
    unwind_on_sigterm()
    with open_camera(arguments) as camera:
        if arguments.light is not None:
            camera.lighting.preset(arguments.light, steady=False)
        threading.Thread(target=_load_what_comes_next).start()
        photo = camera.capture(sharpest_of=arguments.sharpest_of, progress=progress_bar(arguments))
        path = destination.path_for(photo.capture_id)
        photo._save(path)  # `save` loads pathlib for what it returns
    if arguments.json:
        print_json(photo_record(photo, path))
    else:
        print(photo_line(photo, path))
    return 0


def _load_what_comes_next() -> None:
    """Load modules while the camera exposes: they take as long as it does."""
    for name in ("hashlib", "oralcam.photo", "datetime", "json"):
        import_module(name)


def _preset(name: str) -> str:
    from oralcam.lighting import PRESETS

    if name not in PRESETS:
        raise ArgumentTypeError(f"there is no {name}; there are {', '.join(PRESETS)}")
    return name
