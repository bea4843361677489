"""`oralcam record`."""

from __future__ import annotations

from oralcam.cli.choices import TOOTH_SYSTEMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam record show                                # all records, retaken ones marked
oralcam record show RECORD                         # one of them, with its history
oralcam record correct RECORD --tooth 26 --system iso_3950 --surfaces MO --reason "crack, distal"
oralcam record quarantine                          # photos that nobody could assign, and why
oralcam record quarantine RECORD --candidate 1 --why "taken before the switch"
oralcam record relink RECORD --patient-of OTHER --why "wrong chart was open"
oralcam record relink RECORD --patient - --why …   # JSON on standard input: names stay out of `ps`
oralcam record audit                               # is the audit log as it was written?"""

ACTIONS = ("show", "correct", "quarantine", "relink", "audit")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what to do with which record."""
    parser.add_argument("action", choices=ACTIONS, help="see the examples")
    parser.add_argument("record", nargs="?", metavar="RECORD", help="a record's id, or its beginning")
    parser.add_argument("--candidate", type=int, metavar="N", help="quarantine: file it to this candidate")
    parser.add_argument(
        "--patient", metavar="FILE", help="relink, quarantine: the patient as JSON; - reads standard input"
    )
    parser.add_argument(
        "--patient-of", metavar="RECORD", help="relink, quarantine: the patient of another record"
    )
    parser.add_argument(
        "--taken-at", metavar="TIME", help="quarantine: when it was taken (ISO 8601), if the camera lost that"
    )
    parser.add_argument("--tooth", metavar="TEETH", help="teeth that the photo shows, named in --system")
    parser.add_argument("--area", metavar="AREA", help='a place without a tooth: "upper arch", "tongue"')
    parser.add_argument("--system", choices=TOOTH_SYSTEMS, help="numbering system of --tooth")
    parser.add_argument("--surfaces", metavar="MODBFLI", help="surfaces of the teeth")
    parser.add_argument("--reason", metavar="TEXT", help="why the photo was taken")
    parser.add_argument("--why", metavar="TEXT", help="why you change it")
    parser.add_argument("--who", metavar="NAME", help="your name (default: your login's)")
    parser.add_argument(
        "--begin-anew", action="store_true", help="audit: put a broken log aside and begin another"
    )
    parser.add_argument("--records", metavar="DIR", help="use this folder instead of the usual one")


def run(arguments: Namespace) -> int:
    """Show or change. Raises `RecordError`s and `UsageError`."""
    from oralcam.cli.actions import record

    return record.run(arguments)
