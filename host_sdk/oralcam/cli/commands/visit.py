"""`oralcam visit`."""

from __future__ import annotations

from argparse import BooleanOptionalAction

from oralcam.cli.camera_options import add_camera_options
from oralcam.cli.choices import TEMPLATES, TOOTH_SYSTEMS
from oralcam.cli.parsing import photos, seconds
from oralcam.cli.patient_options import add_patient_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam visit --patient zoe.json --reason "Cracked cusp"            # press; type a site for each photo
oralcam visit --worklist 127.0.0.1:4242/ORTHANC --accession A17 --site "ISO 26" --site "ISO 36" --count 2
oralcam visit --patient zoe.json --template orthodontic --reason "Start of treatment"
echo '{"patient_id": "7", "issuer": "practice", "family_name": "…"}' | oralcam visit --patient - --emulator

While it runs, a line on standard input describes the oldest photo without a site: SITE | reason"""

CONSENTS = ("written", "spoken")  # no free text: other users can see command lines
TIMEOUT_S = 300.0


def add_arguments(parser: ArgumentParser) -> None:
    """Declare whom, what, where to, and which camera."""
    add_patient_options(parser)
    parser.add_argument(
        "--site", action="append", default=[], help="site of the first photo; again for the second …"
    )
    parser.add_argument(
        "--system",
        choices=TOOTH_SYSTEMS,
        help="numbering system of bare tooth numbers",
    )
    parser.add_argument("--reason", default="", help="reason for each photo that is not given another one")
    parser.add_argument("--template", choices=TEMPLATES, help="a series of views to take in turn")
    parser.add_argument("--operator", default="", help="who takes the photos")
    parser.add_argument(
        "--barrier-changed",
        action=BooleanOptionalAction,
        help="acknowledge that the camera's barrier was changed for this patient",
    )
    parser.add_argument(
        "--consent", choices=CONSENTS, help="how the patient consented; --patient may hold a note"
    )
    parser.add_argument(
        "--profile", metavar="NAME|FILE", help="judge pictures by general, anterior, or a file"
    )
    parser.add_argument("--count", type=photos, metavar="N", help="end after N photos")
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="S",
        default=TIMEOUT_S,
        help="end after S seconds without a press (300)",
    )
    parser.add_argument(
        "--home", metavar="DIR", help="keep records in DIR instead of the program's own folder"
    )
    add_camera_options(parser)


def run(arguments: Namespace) -> int:
    """Print a line for each photo.

    Return 1 if photos wait in quarantine or are not confirmed in the end.
    """
    from oralcam.cli.actions import visit

    return visit.run(arguments)
