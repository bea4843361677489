"""An entry of a worklist as a file, as Orthanc's and dcmtk's worklist servers read them."""

from __future__ import annotations

from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid


def write_entry(path: Path, character_set: str, name: bytes, patient_id: str, **changed: str) -> None:
    """Somebody who is expected; the name stands in the file in exactly these bytes.

    `changed` is what is to be otherwise: `station`, `day` (20260304), `time`, `modality`, `accession`,
    `birth_date`, `issuer`, `description`.
    """
    description = changed.get("description", "Photographs")
    dataset = Dataset()
    if character_set:
        dataset.SpecificCharacterSet = character_set
    dataset.PatientID = patient_id
    dataset.IssuerOfPatientID = changed.get("issuer", "Praxis Nord")
    dataset.PatientBirthDate = changed.get("birth_date", "19800102")
    dataset.PatientSex = "F"
    dataset.AccessionNumber = changed.get("accession", "A-1")
    dataset.RequestedProcedureID = "RP-1"
    dataset.RequestedProcedureDescription = description
    dataset.StudyInstanceUID = generate_uid(None)
    dataset.ReferringPhysicianName = ""
    step = Dataset()
    step.ScheduledStationAETitle = changed.get("station", "ORALCAM")
    step.ScheduledProcedureStepStartDate = changed.get("day", "20260304")
    step.ScheduledProcedureStepStartTime = changed.get("time", "093000")
    step.Modality = changed.get("modality", "XC")
    step.ScheduledPerformingPhysicianName = ""
    step.ScheduledProcedureStepDescription = description
    step.ScheduledProcedureStepID = "SPS-1"
    dataset.ScheduledProcedureStepSequence = [step]
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = "1.2.276.0.7230010.3.1.0.1"  # type: ignore[assignment]
    dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid(None)
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    placeholder = b"X" * len(name)
    dataset.PatientName = placeholder.decode()
    dataset.save_as(path, enforce_file_format=True)
    data = path.read_bytes()
    assert data.count(placeholder) == 1
    path.write_bytes(data.replace(placeholder, name))
