"""Move a photo out of the wrong chart: the history says who moved it, why, and from where."""

import tempfile
from datetime import date

import oralcam
from oralcam.record import PatientContext, Source


def patient(patient_id: str, family_name: str) -> PatientContext:
    """Return a patient of this practice."""
    born = date(1990, 5, 17)
    return PatientContext(
        patient_id=patient_id,
        issuer="practice",
        family_name=family_name,
        given_name="Zoë",
        birth_date=born,
        source=Source.TYPED,
    )


with (
    tempfile.TemporaryDirectory() as home,
    oralcam.Camera.open("emulator") as camera,
    oralcam.visit(camera, patient("4711", "Example"), sinks=(), home=home) as visit,
):
    shot = visit.capture("ISO 26", "Cracked cusp")
    record = shot.relink(patient("4712", "Sample"), who="Dr. A", why="Wrong chart was open")
    change = record.history[-1]
    print("now", record.patient.patient_id, "moved by", change.who + ":", change.why)
    print("shots left in this visit:", len(visit.shots))
