"""`oralcam visit`."""

from __future__ import annotations

import sys
import threading
from argparse import BooleanOptionalAction
from pathlib import Path

from oralcam.cli.camera_options import add_camera_options, open_camera
from oralcam.cli.parsing import UsageError, photos, seconds
from oralcam.cli.stopping import unwind_on_sigterm
from oralcam.cli.terminal import aside, print_json
from oralcam.cli.visit_patient import add_patient_options, chosen_patient
from oralcam.errors import OralcamError, RecordError
from oralcam.files.paths import home_folder
from oralcam.record import ToothSystem, json_form
from oralcam.record.templates import TEMPLATES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from oralcam.visits.shot import Shot
    from oralcam.visits.visit import Visit

EXAMPLES = """\
oralcam visit --patient zoe.json --reason "Cracked cusp"            # press; type a site for each photo
oralcam visit --worklist 127.0.0.1:4242/ORTHANC --accession A17 --site "ISO 26" --site "ISO 36" --count 2
oralcam visit --patient zoe.json --template orthodontic --reason "Start of treatment"
echo '{"patient_id": "7", "issuer": "practice", "family_name": "…"}' | oralcam visit --patient - --emulator

While it runs, a line on standard input describes the oldest photo without a site: SITE | reason"""

CONSENTS = ("written", "spoken")  # no free text: other users can see command lines
TIMEOUT_S = 300.0
CONFIRM_S = 60.0


class NotConfirmed(OralcamError):
    """Not every sink holds every photo yet; `oralcam outbox status` tells."""

    code = "not-confirmed"


def add_arguments(parser: ArgumentParser) -> None:
    """Whom, what, where to, which camera."""
    add_patient_options(parser)
    parser.add_argument("--site", action="append", default=[], help="of the first photo, of the second …")
    parser.add_argument(
        "--system", choices=[each.value for each in ToothSystem], help="of bare tooth numbers"
    )
    parser.add_argument("--reason", default="", help="why; for each photo that is not told another one")
    parser.add_argument("--template", choices=tuple(TEMPLATES), help="a series of views to take in turn")
    parser.add_argument("--operator", default="", help="who takes the photos")
    parser.add_argument(
        "--barrier-changed",
        action=BooleanOptionalAction,
        help="acknowledge that the camera's barrier was changed for this patient",
    )
    parser.add_argument("--consent", choices=CONSENTS, help="how it was given; a note stands in --patient")
    parser.add_argument(
        "--profile", metavar="NAME|FILE", help="that pictures are judged by: general, anterior, or a file"
    )
    parser.add_argument("--count", type=photos, metavar="N", help="end after N photos")
    parser.add_argument(
        "--timeout", type=seconds, metavar="S", default=TIMEOUT_S, help="without a press (300)"
    )
    parser.add_argument("--home", metavar="DIR", help="another folder than the program's own for records")
    add_camera_options(parser)


def run(arguments: Namespace) -> int:
    """A line a photo. Exit code 1 if photos wait in quarantine or are not confirmed in the end."""
    import oralcam
    from oralcam.sinks.sinks_toml import set_up_sinks, sinks_file

    unwind_on_sigterm()
    patient, order = chosen_patient(arguments)
    home = Path(arguments.home or home_folder())
    sinks = set_up_sinks(home / "outbox", sinks_file(home))
    system = ToothSystem(arguments.system) if arguments.system else None
    with (
        open_camera(arguments) as camera,
        oralcam.visit(
            camera,
            patient,
            sinks=sinks,
            order=order,
            operator=arguments.operator,
            tooth_system=system,
            barrier_changed=arguments.barrier_changed,
            consent=arguments.consent or "",
            profile=arguments.profile,
            home=home,
        ) as visit,
    ):
        sites = [visit.site_of(site) for site in arguments.site]  # wrong ones are told before any press
        aside(f"Armed: {patient.label}. Press the button of {camera.serial_number}; Ctrl-C ends.")
        _prompt(visit, arguments)
        _listen(visit, arguments)
        for number, shot in enumerate(visit.presses(arguments.timeout)):
            site = sites[number] if number < len(sites) else None
            shot.describe(site=site, reason=arguments.reason or None)
            _warn(shot)
            _tell(shot, arguments)
            _prompt(visit, arguments, after=shot)
            if len(visit.shots) == arguments.count or (
                visit.series is not None and visit.series.next is None
            ):
                break
    return _outcome(visit, bool(sinks))


def _prompt(visit: Visit, arguments: Namespace, after: Shot | None = None) -> None:
    if arguments.template and after is None:
        aside(f"Next: {visit.follow(TEMPLATES[arguments.template]).prompt}")
    elif visit.series is not None and visit.series.next is not None:
        taken, all_of_them = visit.series.progress
        aside(f"{taken} of {all_of_them}. Next: {visit.series.next.prompt}")


def _series_is_over(visit: Visit) -> bool:
    return visit.series is not None and visit.series.next is None


def _listen(visit: Visit, arguments: Namespace) -> None:
    """Sites that are typed while photos arrive."""
    if arguments.patient == "-" or arguments.template or sys.stdin is None:
        return
    threading.Thread(target=_describe, args=(visit, arguments), name="oralcam-typing", daemon=True).start()


def _describe(visit: Visit, arguments: Namespace) -> None:
    for site, reason in _typed():
        shot = next((shot for shot in visit.shots if shot.record.site is None), None)
        if shot is None:
            aside("Every photo has its site.")
            continue
        try:
            shot.describe(site=site, reason=reason or arguments.reason or None)
            _tell(shot, arguments)
        except RecordError as error:
            aside(str(error))


def _typed() -> Iterator[tuple[str, str]]:
    for line in sys.stdin:
        site, _, reason = line.strip().partition("|")
        if site.strip():
            yield site.strip(), reason.strip()


def _tell(shot: Shot, arguments: Namespace) -> None:
    record = shot.record
    site = record.site.label if record.site is not None else "no site yet"
    if arguments.json:
        print_json(
            {
                "record_id": record.record_id,
                "press_number": record.press_number,
                "site": record.site.label if record.site is not None else None,
                "taken_at": record.taken_at.isoformat(),
                "sha256": record.jpeg_sha256,
                "quality": None if shot.quality is None else json_form.to_plain(shot.quality),
            }
        )
    else:
        print(f"{record.record_id}  press {record.press_number}  {site}", flush=True)


def _warn(shot: Shot) -> None:
    """While the patient sits there and the photo can be taken again."""
    if shot.quality is None:
        return
    for sentence in (*shot.quality.warnings, shot.quality.why_not):
        if sentence:
            aside(f"Photo of press {shot.record.press_number}: {sentence}")


def _outcome(visit: Visit, has_sinks: bool) -> int:
    for waiting in visit.quarantined:
        aside(
            f"In quarantine: {waiting.record_id}. {waiting.doubt.sentence} See `oralcam record quarantine`."
        )
    if has_sinks and visit.shots and not visit.wait_confirmed(CONFIRM_S):
        raise NotConfirmed("Not every photo is confirmed yet: `oralcam outbox status` tells why.")
    if has_sinks and visit.shots:
        aside(f"{len(visit.shots)} photos confirmed.")
    if not visit.shots:
        raise (
            UsageError("No photo was taken.")
            if not visit.quarantined
            else NotConfirmed("No photo was filed.")
        )
    return 1 if visit.quarantined else 0
