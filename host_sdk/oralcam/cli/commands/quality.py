"""`oralcam quality`."""

from __future__ import annotations

import sys

from oralcam.cli.terminal import aligned, aside, paint, print_json
from oralcam.errors import OralcamError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from oralcam.quality import Finding, QualityReport

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red", "not measured": "yellow"}

EXAMPLES = """\
oralcam quality molar.jpg
oralcam quality photos/*.jpg --profile anterior   # front teeth: the sides may fall dark
oralcam quality molar.jpg --profile clinic.json   # limits of your own; see oralcam guide quality
oralcam quality *.jpg --json | jq -r 'select(.verdict != "ok") | .path'
oralcam quality molar.jpg >/dev/null || echo look at it  # exit code 1 if there is a warning"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which photos, and by which profile."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a JPEG to judge")
    parser.add_argument(
        "--profile",
        metavar="NAME|FILE",
        default="general",
        help="judge by general (default), anterior, or a JSON file",
    )


def run(arguments: Namespace) -> int:
    """Judge the photos; return 1 if one draws a warning.

    A file that cannot be judged is the error at the end.
    """
    from oralcam.quality import Profile, quality_of  # here: --help needs no numpy

    profile = Profile.load(arguments.profile)
    trouble: OralcamError | None = None
    warned = False
    for name in arguments.files:
        try:
            report = quality_of(_read(name), profile)
        except OralcamError as error:
            if trouble is not None:
                aside(str(trouble))
            trouble = type(error)(f"{name}: {error}")
            continue
        warned = warned or report.verdict != "ok"
        _tell(name, report, as_json=arguments.json)
    if trouble is not None:
        raise trouble
    return int(warned)


def _read(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"The file cannot be read ({reason}): name a JPEG.") from error


def _tell(name: str, report: QualityReport, *, as_json: bool) -> None:
    if as_json:
        print_json({"path": name, **report.as_dict()})
        return
    verdict = paint(report.verdict, COLOURS[report.verdict], sys.stdout)
    print(f"{name}: {verdict} ({report.width} x {report.height}, profile {report.profile.label})")
    print(aligned(_row(finding) for finding in report.findings))
    for sentence in report.warnings:
        print(sentence)


def _row(finding: Finding) -> tuple[str, ...]:
    value = "" if finding.value is None else f"{finding.value:.3g}"
    limit = "" if finding.limit is None else f"limit {finding.limit:g}"
    return (f"  {finding.figure.replace('_', ' ')}", value, finding.verdict, limit)
