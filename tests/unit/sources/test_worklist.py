"""A worklist over the network: in order, in time, with a sentence for every way to fail."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pynetdicom.ae import ApplicationEntity

from oralcam.dicom.node import Node
from oralcam.dicom.uids import VERIFICATION
from oralcam.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveRefused,
    ArchiveTimeout,
    ArchiveUnauthorized,
    ArchiveUnreachable,
    BrokenAnswer,
)
from oralcam.sources.worklist import worklist
from tests.unit.dicom.peers import hangs_up, never_answers, shut_down, tcp_peer
from tests.unit.sources.answers import NOW, many, named, serving


def test_patients_come_in_the_order_of_their_time_and_two_of_one_name_stay_two() -> None:
    with serving(many(3)) as node:
        found = worklist(node, clock=lambda: NOW)
    assert [entry.patient.patient_id for entry in found.entries] == ["P-0", "P-1", "P-2"]
    assert {entry.patient.family_name_ideographic for entry in found.entries} == {"山田"}
    assert len({entry.patient.identity for entry in found.entries}) == 3
    assert (found.complete, found.skipped) == (True, ())


def test_the_question_filters_by_station_modality_and_day() -> None:
    asked: list[Dataset] = []

    def handler(event: Any) -> Iterator[tuple[int, Dataset | None]]:
        asked.append(event.identifier)
        yield 0x0000, None

    with serving(handler) as node:
        worklist(node, clock=lambda: NOW)
        worklist(node, station="", modality="XC", day=date(2026, 1, 2), patient_id="P-7")
        worklist(node, station="CHAIR3", day=(date(2026, 1, 2), date(2026, 1, 9)))
    steps = [question.ScheduledProcedureStepSequence[0] for question in asked]
    assert [(str(step.ScheduledStationAETitle), str(step.Modality)) for step in steps] == [
        ("ORALCAM", ""),
        ("", "XC"),
        ("CHAIR3", ""),
    ]
    assert [str(step.ScheduledProcedureStepStartDate) for step in steps] == [
        "20260304",
        "20260102",
        "20260102-20260109",
    ]
    assert asked[1].PatientID == "P-7"
    assert {"PatientName", "IssuerOfPatientID", "StudyInstanceUID"} <= set(asked[0].dir())


def test_at_the_limit_the_server_is_told_to_stop() -> None:
    with serving(many(100_000)) as node:
        found = worklist(node, most=5, deadline_s=20)
    assert len(found.entries) == 5
    assert not found.complete


def test_what_is_of_no_use_is_counted() -> None:
    def handler(event: Any) -> Iterator[tuple[int, Dataset | None]]:
        yield 0xFF00, named("", 1)
        yield 0xFF00, named("Doe^Jane", 2)

    with serving(handler) as node:
        found = worklist(node)
    assert len(found.entries) == len(found.skipped) == 1
    assert "no name" in found.skipped[0]


def test_somebody_who_waits_may_cancel() -> None:
    cancel, asked = threading.Event(), threading.Event()

    def handler(event: Any) -> Iterator[tuple[int, Dataset | None]]:
        asked.set()
        end = time.monotonic() + 10
        while not event.is_cancelled and time.monotonic() < end:
            time.sleep(0.01)
        yield 0xFE00, None

    def press() -> None:
        asked.wait(10)
        cancel.set()

    threading.Thread(target=press, daemon=True).start()
    with serving(handler) as node:
        found = worklist(node, cancel=cancel, deadline_s=20)
    assert (found.entries, found.complete) == ((), False)


def test_a_server_that_goes_on_and_on_is_given_up_at_the_deadline() -> None:
    def handler(event: Any) -> Iterator[tuple[int, Dataset | None]]:
        for number in range(1000):
            time.sleep(0.02)
            yield 0xFF00, named("Doe^Jane", number)

    with serving(handler) as node, pytest.raises(ArchiveTimeout, match=r"a worklist within 0\.5 s"):
        worklist(node, deadline_s=0.5)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (0xA700, ArchiveBusy),
        (0xA900, ArchiveRefused),
        (0xC001, ArchiveRefused),
        (0x0124, ArchiveUnauthorized),
    ],
)
def test_a_server_that_cannot_answer_says_so(status: int, kind: type[ArchiveError]) -> None:
    def handler(event: Any) -> Iterator[tuple[int, Dataset | None]]:
        yield status, None

    with serving(handler) as node, pytest.raises(kind, match=f"0x{status:04X}"):
        worklist(node)


def test_a_server_that_breaks_off_is_not_taken_for_an_empty_day() -> None:
    def handler(event: Any) -> Iterator[tuple[int, Dataset | None]]:
        yield 0xFF00, named("Doe^Jane", 1)
        event.assoc.abort()

    with serving(handler) as node, pytest.raises(BrokenAnswer, match="broke off"):
        worklist(node)


def test_a_server_without_worklists_refuses() -> None:
    entity = ApplicationEntity("WORKLIST")
    entity.add_supported_context(VERIFICATION)
    server = entity.start_server(("127.0.0.1", 0), block=False)
    assert server is not None
    try:
        with pytest.raises(ArchiveRefused, match="takes none of what this station offers"):
            worklist(Node("127.0.0.1", server.server_address[1], "WORKLIST"))
    finally:
        shut_down(entity)


def test_nobody_somebody_else_and_silence() -> None:
    with tcp_peer(hangs_up) as port, pytest.raises(BrokenAnswer):
        worklist(Node("127.0.0.1", port, "WORKLIST"))
    with pytest.raises(ArchiveUnreachable):
        worklist(Node("127.0.0.1", port, "WORKLIST"))
    with tcp_peer(never_answers) as port, pytest.raises(ArchiveTimeout):
        worklist(Node("127.0.0.1", port, "WORKLIST"), deadline_s=0.3)


def test_no_patient_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(many(2)) as node:
        found = worklist(node, patient_id="GEHEIM-1")
    assert len(found.entries) == 2
    assert "pynetdicom" in caplog.text
    for name in ("Müller", "Zoë", "山田", "GEHEIM-1", "P-0"):
        assert name not in caplog.text
    assert "Müller" not in repr(found)
