"""Take one tooth before, during and after its treatment, and put the photos on one page."""

import tempfile
from datetime import date
from pathlib import Path

import oralcam
from oralcam.contact_sheet import SheetPhoto, contact_sheet
from oralcam.quality import quality_of
from oralcam.record import PatientContext, Site, Source
from oralcam.record.templates import before_and_after

patient = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)
with tempfile.TemporaryDirectory() as home, oralcam.Camera.open("emulator") as camera:
    camera.lighting.preset("even")
    with oralcam.visit(camera, patient, sinks=(), home=home) as visit:
        visit.follow(before_and_after(Site.parse("ISO 11")))
        shots = [visit.capture(reason=reason) for reason in ("Fractured edge", "Prepared", "Bonded")]
        page = contact_sheet([SheetPhoto(shot.record, shot.jpeg, quality_of(shot.jpeg)) for shot in shots])
        print(*(shot.record.site.label for shot in shots if shot.record.site), sep="; ")
Path("before_and_after.jpg").write_bytes(page)
