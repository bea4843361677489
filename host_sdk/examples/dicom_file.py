"""Write a photo as a DICOM file; the JPEG inside is the sensor's, byte for byte."""

import tempfile
from datetime import date
from pathlib import Path

import pydicom

import oralcam
from oralcam.dicom.photo import photographic_image
from oralcam.dicom.pixels import extract_jpeg
from oralcam.record import PatientContext, Source

patient = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)
with tempfile.TemporaryDirectory() as home, oralcam.Camera.open("emulator") as camera:
    with oralcam.visit(camera, patient, sinks=(), home=home) as visit:
        shot = visit.capture("ISO 26", "Cracked cusp")
    path = Path(home, f"{shot.record.record_id}.dcm")
    with path.open("wb") as file:
        photographic_image(shot.record, shot.jpeg).write(file)  # checked against the standard first
    dataset = pydicom.dcmread(path)
    print(dataset.SOPClassUID.name, dataset.PatientID, dataset.ImageComments)
    print("the JPEG is unchanged:", extract_jpeg(dataset) == shot.jpeg)
