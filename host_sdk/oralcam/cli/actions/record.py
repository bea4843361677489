"""What `oralcam record` does."""

from __future__ import annotations

import os
from datetime import datetime

from oralcam.cli.patient_file import read_patient
from oralcam.cli.record_text import done_line, quarantine_rows, record_lines, record_rows
from oralcam.cli.terminal import aligned, aside, print_json
from oralcam.errors import RecordError, UsageError
from oralcam.files.paths import records_folder
from oralcam.outbox.requeue import queue_again
from oralcam.record import Quarantine, RecordStore, Site, ToothSystem, json_form
from oralcam.record.corrections import relinked, with_reason, with_site
from oralcam.visits.quality_check import judge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from oralcam.record import CaptureRecord, PatientContext, QuarantinedPhoto

# Which options belong to which actions; the others are refused rather than passed over.
BELONGS = {
    "candidate": ("quarantine",),
    "patient": ("quarantine", "relink"),
    "patient_of": ("quarantine", "relink"),
    "taken_at": ("quarantine",),
    "tooth": ("correct", "quarantine"),
    "area": ("correct", "quarantine"),
    "system": ("correct", "quarantine"),
    "surfaces": ("correct", "quarantine"),
    "reason": ("correct", "quarantine"),
    "why": ("correct", "quarantine", "relink"),
    "who": ("correct", "quarantine", "relink", "audit"),
    "begin_anew": ("audit",),
}


def run(arguments: Namespace) -> int:
    """Show or change. Raises `RecordError`s and `UsageError`."""
    for option, actions in BELONGS.items():
        given = getattr(arguments, option)
        if given is not None and given is not False and arguments.action not in actions:
            raise UsageError(f"--{option.replace('_', '-')} is for {' and '.join(actions)}.")
    store = RecordStore(arguments.records or records_folder())
    acts: dict[str, Callable[[RecordStore, Namespace], None]] = {
        "show": _show,
        "correct": _correct,
        "quarantine": _quarantine,
        "relink": _relink,
        "audit": _audit,
    }
    acts[arguments.action](store, arguments)
    return 0


def _show(store: RecordStore, arguments: Namespace) -> None:
    if arguments.record is not None:
        record = store.read(_one(store.ids(), arguments.record))
        if arguments.json:
            print_json(record.to_plain())
        else:
            print("\n".join(record_lines(record, store.superseded().get(record.record_id))))
        return
    records, trouble = [], None
    for record_id in store.ids():
        try:
            records.append(store.read(record_id))
        except RecordError as error:
            aside(f"{record_id}: {error}")
            trouble = error
    records.sort(key=lambda record: record.taken_at)
    if arguments.json:
        for record in records:
            print_json(record.to_plain())
    elif records:
        print(aligned(record_rows(records)))
    waiting = len(Quarantine(store).ids())
    aside(f"{store.folder}: {len(records)} records, {waiting} photos in quarantine.")
    if trouble is not None:
        raise trouble


def _correct(store: RecordStore, arguments: Namespace) -> None:
    before = store.read(_one(store.ids(), arguments.record))
    site, who, why = _site(arguments), _who(arguments), arguments.why or ""
    after = before
    if site is not None:
        after = with_site(after, site, who=who, why=why)
    if arguments.reason is not None:
        after = with_reason(after, arguments.reason, who=who, why=why)
    if after is before:
        raise UsageError("Say what is right: --tooth, --area or --reason.")
    store.change(before, after)
    _tell_changed(store, after, arguments)
    for notice in site.notices if site else ():
        aside(notice)


def _quarantine(store: RecordStore, arguments: Namespace) -> None:
    quarantine = Quarantine(store)
    if arguments.record is None:
        _tell_waiting([quarantine.read(one) for one in quarantine.ids()], arguments)
        return
    waiting = quarantine.read(_one(quarantine.ids(), arguments.record))
    if arguments.candidate is None and not (arguments.patient or arguments.patient_of):
        _tell_waiting([waiting], arguments)
        return
    record = quarantine.file(
        waiting.record_id,
        _patient(store, arguments, waiting.candidates),
        who=_who(arguments),
        why=arguments.why or "",
        taken_at=_moment(arguments.taken_at),
        site=_site(arguments),
        reason=arguments.reason or "",
        quality=judge(store.jpeg(waiting.record_id)),
    )
    _tell_changed(store, record, arguments)


def _relink(store: RecordStore, arguments: Namespace) -> None:
    before = store.read(_one(store.ids(), arguments.record))
    patient = _patient(store, arguments, ())
    after = relinked(before, patient, who=_who(arguments), why=arguments.why or "")
    store.change(before, after)
    _tell_changed(store, after, arguments)


def _audit(store: RecordStore, arguments: Namespace) -> None:
    if arguments.begin_anew:
        kept = store.audit.begin_anew(who=_who(arguments))
        aside(
            f"A new audit log begins; the old one is kept as {kept}." if kept else "A new audit log begins."
        )
    head = store.audit.verify()
    if arguments.json:
        for entry in store.audit.entries():
            print_json({**json_form.to_plain(entry), "digest": entry.digest})
    else:
        for entry in store.audit.entries():
            at = entry.at.isoformat(sep=" ", timespec="seconds")
            print(f"{entry.number:>6}  {at}  {entry.who}  {entry.what.value}  {entry.record_id}".rstrip())
    aside(f"{store.audit.path}: {head.number} entries, none changed; the last one's digest is {head.digest}.")


def _one(ids: list[str], beginning: str | None) -> str:
    """Return the record that is meant; an id's beginning will do if it is the only one."""
    if not beginning:
        raise UsageError("Name a record; `oralcam record show` and `oralcam record quarantine` list them.")
    found = [one for one in ids if one.startswith(beginning.lower())]
    if len(found) > 1:
        raise UsageError(f"{len(found)} records begin so; write more of the id.")
    return found[0] if found else beginning


def _patient(
    store: RecordStore, arguments: Namespace, candidates: tuple[PatientContext, ...]
) -> PatientContext:
    ways = [arguments.candidate, arguments.patient, arguments.patient_of]
    if sum(way is not None for way in ways) != 1:
        raise UsageError("Name one patient: --candidate N, --patient-of RECORD or --patient FILE.")
    if arguments.candidate is not None:
        if not 1 <= arguments.candidate <= len(candidates):
            raise UsageError(f"There are {len(candidates)} candidates.")
        number: int = arguments.candidate
        return candidates[number - 1]
    if arguments.patient_of is not None:
        return store.read(_one(store.ids(), arguments.patient_of)).patient
    return read_patient(arguments.patient)


def _site(arguments: Namespace) -> Site | None:
    if arguments.tooth is None and arguments.area is None:
        if arguments.surfaces or arguments.system:
            raise UsageError("--surfaces and --system belong to --tooth.")
        return None
    if arguments.tooth is not None and arguments.area is not None:
        raise UsageError("Name either --tooth or --area.")
    if arguments.area is not None:
        site = Site.parse(arguments.area)
        if site.teeth:
            raise UsageError("--area is for a place without a tooth; teeth are named with --tooth.")
        return site
    system = ToothSystem(arguments.system) if arguments.system else None
    return Site.parse(arguments.tooth, system=system, surfaces=arguments.surfaces or "")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("--taken-at wants a time such as 2026-03-04T09:30.") from None
    return moment if moment.tzinfo else moment.astimezone()


def _who(arguments: Namespace) -> str:
    from getpass import getuser

    who: str = arguments.who or os.environ.get("ORALCAM_OPERATOR") or getuser()
    return who


def _tell_changed(store: RecordStore, record: CaptureRecord, arguments: Namespace) -> None:
    """Say it, and let the sinks know."""
    if arguments.json:
        print_json(record.to_plain())
    else:
        print(record.record_id)
        aside(done_line(record.history[-1]))
    if names := queue_again(store.folder.parent, record):
        aside(f"It goes to {', '.join(names)} with the next visit, or with `oralcam outbox run`.")


def _tell_waiting(photos: list[QuarantinedPhoto], arguments: Namespace) -> None:
    if arguments.json:
        for photo in photos:
            print_json(json_form.to_plain(photo))
        return
    for photo in photos:
        print("\n".join(quarantine_rows(photo)))
    if not photos:
        aside("No photo waits in quarantine.")
