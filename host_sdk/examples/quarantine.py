"""File a photo of which the program could not know whose it is: the press came before the patient."""

import tempfile
import time
from datetime import date

import oralcam
from oralcam.emulator import Emulator
from oralcam.record import PatientContext, Source

patient = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)
with tempfile.TemporaryDirectory() as home, Emulator() as emulator, oralcam.Camera.open(emulator) as camera:
    emulator.bench.press()  # nobody is armed yet
    with oralcam.visit(camera, patient, sinks=(), home=home) as visit:
        deadline = time.monotonic() + 30
        while not visit.quarantined and time.monotonic() < deadline:
            time.sleep(0.05)  # the photo is on its way
        for photo in visit.quarantined:
            print("in quarantine:", photo.doubt.value)
            shot = visit.file(photo, who="Dr. A", why="I saw it taken", site="ISO 26", reason="Cracked cusp")
            print("filed by", shot.record.history[0].who, "because:", shot.record.history[0].why)
