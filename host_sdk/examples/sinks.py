"""Send photos to two folders: one with everything, one without the patient's name and the reason."""

import tempfile
from datetime import date
from pathlib import Path

import oralcam
from oralcam import jpeg
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
with tempfile.TemporaryDirectory() as home, oralcam.Camera.open("emulator") as camera:
    sinks = []
    for privacy in (jpeg.Privacy.FULL, jpeg.Privacy.MINIMAL):
        folder = Path(home, privacy.name)
        folder.mkdir()
        sinks.append(FolderSink(privacy.name, folder, Path(home, "handed_over"), privacy=privacy))
    with oralcam.visit(camera, patient, sinks=sinks, home=home) as visit:
        shot = visit.capture("ISO 26", "Cracked cusp")
        print("confirmed by both:", visit.wait_confirmed(30))
        for sink in sinks:
            said = jpeg.read(Path(home, sink.name, f"{shot.record.record_id}.jpg").read_bytes())
            print(f"{sink.name}: name {said.family_name!r}, id {said.patient_id!r}, reason {said.reason!r}")
    close_all()  # stop sending before the temporary folder goes
