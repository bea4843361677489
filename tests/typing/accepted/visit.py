"""A visit: from a patient to a record, its photo's quality and its way to sinks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import assert_type

import oralcam
from oralcam.outbox.delivery import Delivery, State
from oralcam.record import (
    CaptureRecord,
    PatientContext,
    PictureQuality,
    Procedure,
    QuarantinedPhoto,
    Site,
    Source,
    TemplateView,
    Tooth,
    ToothSystem,
    Verdict,
)
from oralcam.record.templates import FULL_MOUTH
from oralcam.sinks.folder import FolderSink
from oralcam.sinks.sink import Sink


class Drawer:
    """A sink of a program's own."""

    @property
    def name(self) -> str:
        return "drawer"

    def send(self, record: CaptureRecord, jpeg: bytes) -> None:
        print(record.record_id, len(jpeg))

    def confirm(self, record: CaptureRecord, jpeg: bytes) -> bool:
        return bool(record and jpeg)

    def close(self) -> None:
        print("closed")


patient = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)
sinks: list[Sink] = [FolderSink("practice", "photos", "marks"), Drawer()]
with (
    oralcam.Camera.open("emulator") as camera,
    oralcam.visit(camera, patient, sinks=sinks, tooth_system=ToothSystem.ISO_3950) as visit,
):
    assert_type(visit, oralcam.Visit)
    shot = visit.capture("ISO 26", "Cracked cusp", procedure=Procedure("D2740"))
    assert_type(shot, oralcam.Shot)
    assert_type(shot.record, CaptureRecord)
    assert_type(shot.describe(site=Site.parse("ISO 26, ISO 27")), CaptureRecord)
    assert_type(shot.quality, PictureQuality | None)
    assert_type(shot.deliveries, tuple[Delivery, ...])
    assert_type(visit.presses(timeout=5), Iterator[oralcam.Shot])
    assert_type(visit.shots, tuple[oralcam.Shot, ...])
    assert_type(visit.quarantined, tuple[QuarantinedPhoto, ...])
    assert_type(visit.follow(FULL_MOUTH), TemplateView)
    assert_type(visit.wait_confirmed(), bool)

record = shot.record
assert_type(record.site, Site | None)
assert_type(record.taken_at, datetime)
assert_type(record.to_json(), str)
assert_type(CaptureRecord.from_json(record.to_json()), CaptureRecord)
assert_type([each.state for each in shot.deliveries], list[State])
if shot.quality is not None:
    assert_type(shot.quality.verdict, Verdict)
if record.site is not None:
    assert_type(record.site.teeth, tuple[Tooth, ...])
    assert_type(record.site.teeth[0].iso3950, str | None)
