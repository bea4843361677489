"""Photograph a patient: the photo goes into the patient's record and into the practice's folder."""

import tempfile
from datetime import date
from pathlib import Path

import oralcam
from oralcam.outbox.background import close_all
from oralcam.record import PatientContext, Source
from oralcam.sinks.folder import FolderSink

patient = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)
# leave `home` out, and records go into the program's own folder
with tempfile.TemporaryDirectory() as home, oralcam.Camera.open("emulator") as camera:
    practice = Path(home, "practice")
    practice.mkdir()
    sinks = [FolderSink("practice", practice, Path(home, "handed_over"))]
    with oralcam.visit(camera, patient, sinks=sinks, home=home) as visit:
        shot = visit.capture("ISO 26", "Cracked cusp")  # "26" alone is refused: it is two teeth
        print(shot.record.site.label if shot.record.site else "no site", shot.record.reason, sep=": ")
        print("the folder holds it:", visit.wait_confirmed(30))
    close_all()  # stop sending before the temporary folder goes
