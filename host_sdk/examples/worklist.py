"""Ask a DICOM worklist who is expected in this chair; a small server stands for the practice's."""

from collections.abc import Iterator
from datetime import date

from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.ae import ApplicationEntity

from oralcam.dicom.node import Node
from oralcam.sources.worklist import worklist


def expected(_: evt.Event) -> Iterator[tuple[int, Dataset]]:
    """Answer as a practice's system does, with one patient at half past nine."""
    step = Dataset()
    step.ScheduledProcedureStepStartDate = date.today().strftime("%Y%m%d")
    step.ScheduledProcedureStepStartTime = "0930"
    patient = Dataset()
    patient.SpecificCharacterSet = "ISO_IR 192"
    patient.PatientName, patient.PatientID, patient.PatientBirthDate = "Example^Zoë", "4711", "19900517"
    patient.RequestedProcedureDescription = "Full-mouth series"
    patient.ScheduledProcedureStepSequence = [step]
    yield 0xFF00, patient  # pending: an answer


practice = ApplicationEntity("PRACTICE")
practice.add_supported_context("1.2.840.10008.5.1.4.31")  # Modality Worklist, PS3.6
server = practice.start_server(("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_FIND, expected)])
assert server is not None
port = server.server_address[1]
for entry in worklist(Node("127.0.0.1", port, "PRACTICE", station="CHAIR1")).entries:
    print(entry.scheduled_at, entry.patient.label, "-", entry.order.description)
server.shutdown()
