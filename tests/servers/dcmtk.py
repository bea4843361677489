"""dcmtk's servers, on a port of this machine, with their files in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from oralcam.dicom.node import Node
from oralcam.dicom.tls import Tls
from tests.servers.certificates import Pair
from tests.servers.starting import free_port, listens, running


def write_entry(path: Path, character_set: str, name: bytes, patient_id: str, **step: str) -> None:
    """A worklist file whose name is in exactly these bytes."""
    dataset = Dataset()
    if character_set:
        dataset.SpecificCharacterSet = character_set
    dataset.PatientID = patient_id
    dataset.IssuerOfPatientID = "Praxis Nord"
    dataset.PatientBirthDate = "19800102"
    dataset.PatientSex = "F"
    dataset.AccessionNumber = "A-1"
    dataset.RequestedProcedureID = "RP-1"
    dataset.RequestedProcedureDescription = "Photographs"
    dataset.StudyInstanceUID = generate_uid(None)
    dataset.ReferringPhysicianName = ""
    item = Dataset()
    item.ScheduledStationAETitle = step.get("station", "ORALCAM")
    item.ScheduledProcedureStepStartDate = step.get("day", "20260304")
    item.ScheduledProcedureStepStartTime = step.get("time", "093000")
    item.Modality = step.get("modality", "XC")
    item.ScheduledPerformingPhysicianName = ""
    item.ScheduledProcedureStepDescription = "Photographs"
    item.ScheduledProcedureStepID = "SPS-1"
    dataset.ScheduledProcedureStepSequence = [item]
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


@contextmanager
def worklist_server(program: str, folder: Path, *options: str) -> Iterator[Node]:
    """wlmscpfs; entries go to `folder`/WORKLIST."""
    entries = folder / "WORKLIST"
    entries.mkdir(parents=True, exist_ok=True)
    (entries / "lockfile").touch()
    port = free_port()
    command = [program, "--single-process", "--data-files-path", str(folder), *options, str(port)]
    with running(command, lambda: listens(port), folder / "wlmscpfs.log"):
        yield Node("127.0.0.1", port, "WORKLIST")


ONLY_SECONDARY_CAPTURE = """\
[[TransferSyntaxes]]
[JPEG]
TransferSyntax1 = JPEGBaseline
[[PresentationContexts]]
[Captures]
PresentationContext1 = SecondaryCaptureImageStorage\\JPEG
[[Profiles]]
[Default]
PresentationContexts = Captures
"""


@contextmanager
def storage_server(
    program: str, folder: Path, *options: str, tls: tuple[Pair, Path] | None = None
) -> Iterator[Node]:
    """storescp; what it is sent lies in `folder`. With `tls`, it wants a certificate of ours."""
    port = free_port()
    secure: list[str] = []
    if tls is not None:
        pair, authority = tls
        secure = ["+tls", str(pair.key), str(pair.certificate), "--add-cert-file", str(authority)]
    command = [program, "--output-directory", str(folder), *secure, *options, str(port)]
    with running(command, lambda: listens(port), folder.parent / "storescp.log"):
        trusted = Tls(authorities=str(tls[1])) if tls is not None else None
        yield Node("localhost" if tls else "127.0.0.1", port, "STORESCP", tls=trusted)
