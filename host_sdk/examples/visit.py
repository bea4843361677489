"""A patient in the chair: a photo goes into the patient's record and into the practice's folder."""

import tempfile
from datetime import date
from pathlib import Path

import oralcam
from oralcam.record import PatientContext, Source
from oralcam.sinks.folder import FolderSink

home = Path(tempfile.mkdtemp())  # leave `home` out, and records go into the program's own folder
(home / "practice").mkdir()
patient = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)
with oralcam.Camera.open("emulator") as camera:
    sinks = [FolderSink("practice", home / "practice", home / "handed_over")]
    with oralcam.visit(camera, patient, sinks=sinks, home=home) as visit:
        shot = visit.capture("ISO 26", "Cracked cusp")  # "26" alone is refused: it is two teeth
        print(shot.record.site, shot.record.reason, visit.wait_confirmed(30))
