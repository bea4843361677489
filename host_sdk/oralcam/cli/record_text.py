"""Records and photos in quarantine as people read them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from oralcam.record import CaptureRecord, Change, PictureQuality, QuarantinedPhoto


_BARRIER = {True: "changed for this patient", False: "not changed for this patient", None: ""}


def record_rows(records: list[CaptureRecord]) -> list[tuple[str, ...]]:
    """Return a table of records with its head; a retaken photo's row says so."""
    retaken = {record.supersedes for record in records}
    rows: list[tuple[str, ...]] = [("RECORD", "TAKEN", "PATIENT", "SITE", "REASON")]
    for record in records:
        mark = " (retaken)" if record.record_id in retaken else ""
        rows.append(
            (
                record.record_id[:8],
                _time(record.taken_at),
                record.patient.label,
                f"{record.site.label if record.site else '-'}{mark}",
                record.reason or "-",
            )
        )
    return rows


def record_lines(record: CaptureRecord, superseded_by: str | None) -> Iterator[str]:
    """Yield all that matters of one record."""
    procedure = record.procedure
    for name, value in (
        ("record", record.record_id),
        ("patient", record.patient.label),
        ("taken", f"{_time(record.taken_at)}, within {record.taken_at_uncertainty_s:.3f} s"),
        ("date of service", record.date_of_service.isoformat()),
        ("site", record.site.label if record.site else ""),
        ("reason", record.reason),
        ("procedure", f"{procedure.code} {procedure.meaning}".strip() if procedure else ""),
        ("operator", record.operator),
        ("consent", record.patient.consent),
        ("barrier", _BARRIER[record.patient.barrier_changed]),
        ("camera", f"{record.device.manufacturer} {record.device.serial_number}, photo {record.capture_id}"),
        ("picture", f"{record.width} x {record.height}, {record.jpeg_size / 1000:,.0f} kB"),
        *quality_rows(record.quality),
        ("SHA-256", record.jpeg_sha256),
        ("supersedes", record.supersedes or ""),
        ("superseded by", superseded_by or ""),
    ):
        if value:
            yield f"{name:<16}{value}"
    for change in record.history:
        yield f"{'changed':<16}{change_line(change)}"


def quality_rows(quality: PictureQuality | None) -> Iterator[tuple[str, str]]:
    """Yield how good the picture is, by which profile, and what is to be done."""
    if quality is None:
        return
    by = f" (profile {quality.profile} {quality.profile_version})" if quality.profile else ""
    yield "quality", f"{quality.verdict.value}{by}"
    for sentence in (*quality.warnings, quality.why_not):
        yield "", sentence


def change_line(change: Change) -> str:
    """Return who changed what, why, and what was there before.

    It is for the screen alone: it may name a patient.
    """
    before = (
        change.patient_before.label
        if change.patient_before
        else change.site_before.label
        if change.site_before
        else change.reason_before
    )
    return f"{done_line(change)}{f' (was: {before})' if before else ''}"


def done_line(change: Change) -> str:
    """Return who changed what, and why. It names no patient: standard error may go to a log."""
    return f"{_time(change.at)} {change.what.value} by {change.who}{f': {change.why}' if change.why else ''}"


def quarantine_rows(photo: QuarantinedPhoto) -> Iterator[str]:
    """Yield why a photo waits, and for whom."""
    taken = _time(photo.photo.taken_at) if photo.photo.taken_at else "at a time that nobody knows"
    press = f", press {photo.photo.press_number}" if photo.photo.press_number else ""
    yield f"{photo.record_id}  {photo.photo.capture_id}{press}, taken {taken}"
    yield f"  {photo.doubt.sentence}"
    for number, candidate in enumerate(photo.candidates, 1):
        yield f"  candidate {number}: {candidate.label}"


def _time(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="seconds")
