"""The options of `oralcam visit` that say whom it is for; `oralcam.cli.visit_patient` carries them out."""

from __future__ import annotations

from oralcam.cli.choices import PATIENT_FIELDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_patient_options(parser: ArgumentParser) -> None:
    """Declare --patient, or --worklist with what picks its entry."""
    group = parser.add_argument_group("patient (names stand in no command line: other users can see those)")
    group.add_argument(
        "--patient", metavar="FILE", help=f"JSON with {', '.join(PATIENT_FIELDS)}; - reads standard input"
    )
    group.add_argument(
        "--worklist", metavar="HOST:PORT/TITLE", help="take the patient from this DICOM worklist"
    )
    group.add_argument("--station", metavar="AE", default="ORALCAM", help="this station's AE title (ORALCAM)")
    group.add_argument(
        "--accession", metavar="NUMBER", help="take the worklist's entry with this accession number"
    )
