"""A Modality Worklist's answers as patients: names, character sets, limits, and servers that misbehave."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.ae import ApplicationEntity

from oralcam.dicom.node import Node
from oralcam.dicom.uids import VERIFICATION, WORKLIST_FIND
from oralcam.errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveRefused,
    ArchiveTimeout,
    ArchiveUnauthorized,
    ArchiveUnreachable,
    BrokenAnswer,
)
from oralcam.record import Source
from oralcam.sources.worklist import worklist
from oralcam.sources.worklist_entry import WorklistEntry, entry_of
from tests.unit.dicom.peers import hangs_up, never_answers, shut_down, tcp_peer

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


def test_an_answer_becomes_a_patient_and_an_order() -> None:
    made = entry()
    patient, order = made.patient, made.order
    assert (patient.family_name, patient.given_name, patient.patient_id) == ("Doe", "Jane", "P-1")
    assert (patient.issuer, patient.birth_date, patient.sex) == ("Praxis", date(1980, 1, 2), "F")
    assert (patient.source, patient.armed_at, patient.expires_at) == (Source.WORKLIST, NOW, None)
    assert (order.accession_number, order.requested_procedure_id) == ("A-1", "RP-1")
    assert (order.scheduled_step_id, order.description) == ("SPS-1", "Full-mouth series")
    assert order.study_uid == "2.25.5"
    assert (made.scheduled_at, made.station, made.modality) == (datetime(2026, 3, 4, 9, 30), "ORALCAM", "XC")


@pytest.mark.parametrize(
    ("charset", "encoding", "family", "given_name"),
    [
        ("ISO_IR 192", "utf-8", "Müller", "Zoë"),
        ("ISO_IR 192", "utf-8", "Ōno", "Łukasz"),
        ("ISO_IR 100", "latin-1", "Müller", "Zoë"),
        ("ISO_IR 101", "iso8859-2", "Łukaszewicz", "Šárka"),
        ("ISO_IR 144", "iso8859-5", "Иванов", "Пётр"),
        ("ISO_IR 126", "iso8859-7", "Διονυσιος", "Ζωή"),
        ("ISO_IR 148", "iso8859-9", "Yılmaz", "Gülşen"),
        ("GB18030", "gb18030", "王", "小东"),
    ],
)
def test_a_name_is_read_with_the_character_set_that_is_declared(
    charset: str, encoding: str, family: str, given_name: str
) -> None:
    made = entry(f"{family}^{given_name}".encode(encoding), charset)
    assert (made.patient.family_name, made.patient.given_name) == (family, given_name)
    assert made.patient.character_set_declared


def test_a_japanese_name_is_read_in_all_its_writings() -> None:
    kanji, kana = "山田^太郎".encode(), "やまだ^たろう".encode()
    made = entry(b"Yamada^Tarou=" + kanji + b"=" + kana, "ISO_IR 192").patient
    assert (made.family_name, made.given_name) == ("Yamada", "Tarou")
    assert (made.family_name_ideographic, made.given_name_ideographic) == ("山田", "太郎")
    assert (made.family_name_phonetic, made.given_name_phonetic) == ("やまだ", "たろう")


def test_a_japanese_name_with_code_extensions_is_read() -> None:
    """PS3.5 annex H.3.1's example."""
    name = b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B"
    made = entry(name, "\\ISO 2022 IR 87").patient
    assert (made.family_name_ideographic, made.given_name_ideographic) == ("山田", "太郎")
    assert (made.family_name_phonetic, made.given_name_phonetic) == ("やまだ", "たろう")
    assert made.character_set_declared


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_name_without_a_declared_character_set_is_guessed_and_flagged(encoding: str) -> None:
    made = entry("Müller^Zoë".encode(encoding)).patient
    assert (made.family_name, made.given_name) == ("Müller", "Zoë")
    assert not made.character_set_declared
    assert "may read wrong" in made.label


def test_a_plain_name_needs_no_character_set() -> None:
    assert entry(b"Doe^Jane").patient.character_set_declared


def test_a_character_set_that_nobody_knows_is_flagged() -> None:
    assert not entry("Müller^Zoë".encode(), "KLINGON").patient.character_set_declared


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
def test_a_name_that_its_character_set_cannot_hold_is_not_taken() -> None:
    told = entry_of(answer(b"M\xfcller^Zo\xeb", "ISO_IR 192"), "W", NOW)
    assert isinstance(told, str)
    assert "damaged" in told


@pytest.mark.parametrize(
    "changes",
    [
        {"PatientID": b""},
        {"PatientID": b"P" * 65},
        {"PatientBirthDate": b"29991231"},
        {"AccessionNumber": b"A" * 17},
    ],
)
def test_an_answer_that_is_of_no_use_is_told_without_the_patient(changes: dict[str, Any]) -> None:
    told = entry_of(answer(b"Geheim^Name", **changes), "W", NOW)
    assert isinstance(told, str)
    assert told.startswith("An entry is of no use: ")
    assert "Geheim" not in told


def test_a_patient_without_a_name_is_told() -> None:
    assert isinstance(entry_of(answer(b""), "W", NOW), str)


@pytest.mark.parametrize(
    ("birth", "expected"),
    [(b"", None), (b"1980.01.02", date(1980, 1, 2)), (b"19801301", None), (b"1980", None)],
)
def test_a_birth_date_is_a_date_or_not_known(birth: bytes, expected: date | None) -> None:
    assert entry(PatientBirthDate=birth).patient.birth_date == expected


def test_the_server_names_the_issuer_where_the_answer_does_not() -> None:
    assert entry(IssuerOfPatientID=b"").patient.issuer == "WORKLIST"


def test_a_study_that_has_no_uid_is_new() -> None:
    assert entry(StudyInstanceUID=b"none").order.study_uid == ""


CHARACTER_SETS = ["", "ISO_IR 192", "ISO_IR 100", "ISO 2022 IR 87", "\\ISO 2022 IR 149", "GB18030", "?"]


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
@settings(max_examples=150, deadline=None)
@given(
    name=st.binary(max_size=200),
    charset=st.sampled_from(CHARACTER_SETS),
    patient_id=st.binary(max_size=80),
    birth=st.binary(max_size=12),
)
def test_any_bytes_end_in_an_entry_or_a_sentence(
    name: bytes, charset: str, patient_id: bytes, birth: bytes
) -> None:
    made = entry_of(answer(name, charset, PatientID=patient_id, PatientBirthDate=birth), "W", NOW)
    assert isinstance(made, (WorklistEntry, str))


# ---- over the network


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
