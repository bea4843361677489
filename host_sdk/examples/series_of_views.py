"""Follow a template: what to take next, what was skipped, how far the series has come."""

import tempfile
from datetime import date

import oralcam
from oralcam.record import PatientContext, Source
from oralcam.record.templates import ORTHODONTIC

patient = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)
with (
    tempfile.TemporaryDirectory() as home,
    oralcam.Camera.open("emulator") as camera,
    oralcam.visit(camera, patient, sinks=(), home=home) as visit,
):
    visit.follow(ORTHODONTIC)
    while (series := visit.series) and (view := series.next):
        print(view.prompt)
        if view.name == "profile":
            visit.skip_view()  # it can be taken later
        else:
            visit.capture(reason="Before treatment")
    if series is not None:
        print("{} of {} taken;".format(*series.progress), "missing:", series.missing[0].name)
