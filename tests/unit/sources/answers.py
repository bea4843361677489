"""Answers of a worklist, and a server that gives them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.ae import ApplicationEntity

from oralcam.dicom.node import Node
from oralcam.dicom.uids import WORKLIST_FIND
from oralcam.sources.worklist_entry import WorklistEntry, entry_of
from tests.unit.dicom.peers import shut_down

NOW = datetime(2026, 3, 4, 8, 0, tzinfo=timezone(timedelta(hours=1)))


def raw(dataset: Dataset, keyword: str, value: bytes, vr: str) -> None:
    from pydicom.datadict import tag_for_keyword
    from pydicom.dataelem import RawDataElement
    from pydicom.tag import Tag

    tag = Tag(tag_for_keyword(keyword) or 0)
    dataset._dict[tag] = RawDataElement(tag, vr, len(value), value, 0, False, True)


def answer(name: bytes = b"Doe^Jane", charset: str = "", **changes: bytes) -> Dataset:
    """As it comes from the network: nothing decoded yet."""
    step = Dataset()
    step.ScheduledStationAETitle = "ORALCAM"
    step.Modality = "XC"
    step.ScheduledProcedureStepStartDate = "20260304"
    step.ScheduledProcedureStepStartTime = "0930"
    step.ScheduledProcedureStepID = "SPS-1"
    step.ScheduledProcedureStepDescription = "Photographs"
    dataset = Dataset()
    dataset.ScheduledProcedureStepSequence = [step]
    texts = {
        "PatientID": b"P-1",
        "IssuerOfPatientID": b"Praxis",
        "AccessionNumber": b"A-1",
        "RequestedProcedureID": b"RP-1",
        "RequestedProcedureDescription": b"Full-mouth series",
        **changes,
    }
    if charset:
        raw(dataset, "SpecificCharacterSet", charset.encode(), "CS")
    raw(dataset, "PatientName", name, "PN")
    raw(dataset, "PatientBirthDate", changes.get("PatientBirthDate", b"19800102"), "DA")
    raw(dataset, "PatientSex", changes.get("PatientSex", b"F "), "CS")
    raw(dataset, "StudyInstanceUID", changes.get("StudyInstanceUID", b"2.25.5\0"), "UI")
    for keyword, value in texts.items():
        if keyword not in ("PatientBirthDate", "PatientSex", "StudyInstanceUID"):
            raw(dataset, keyword, value, "LO")
    return dataset


def entry(*arguments: Any, **changes: Any) -> WorklistEntry:
    made = entry_of(answer(*arguments, **changes), "WORKLIST", NOW)
    assert isinstance(made, WorklistEntry), made
    return made


@contextmanager
def serving(handler: Any) -> Iterator[Node]:
    entity = ApplicationEntity("WORKLIST")
    entity.add_supported_context(WORKLIST_FIND)
    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_FIND, handler)])
    assert server is not None
    try:
        yield Node("127.0.0.1", server.server_address[1], "WORKLIST")
    finally:
        shut_down(entity)


def named(name: str, number: int) -> Dataset:
    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.PatientName, dataset.PatientID = name, f"P-{number}"
    step = Dataset()
    step.ScheduledProcedureStepStartDate = "20260304"
    step.ScheduledProcedureStepStartTime = f"{number % 24:02d}00"
    dataset.ScheduledProcedureStepSequence = [step]
    return dataset


def many(count: int) -> Any:
    def handler(event: Any) -> Iterator[tuple[int, Dataset | None]]:
        for number in range(count):
            if event.is_cancelled:
                yield 0xFE00, None
                return
            yield 0xFF00, named("Müller^Zoë=山田^太郎", number)

    return handler
