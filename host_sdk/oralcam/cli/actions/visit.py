"""What `oralcam visit` does."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from oralcam.cli.camera_options import open_camera
from oralcam.cli.stopping import unwind_on_sigterm
from oralcam.cli.terminal import aside, print_json
from oralcam.cli.visit_patient import chosen_patient
from oralcam.errors import NotConfirmed, RecordError, UsageError
from oralcam.files.paths import home_folder
from oralcam.record import ToothSystem, json_form
from oralcam.record.templates import TEMPLATES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from oralcam.visits.shot import Shot
    from oralcam.visits.visit import Visit

CONFIRM_S = 60.0


def run(arguments: Namespace) -> int:
    """Print a line for each photo.

    Return 1 if photos wait in quarantine or are not confirmed in the end.
    """
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


def _listen(visit: Visit, arguments: Namespace) -> None:
    """Read sites that are typed while photos arrive."""
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
    """Warn while the patient sits there and the photo can be taken again."""
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
