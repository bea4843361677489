"""What an answer says of patient and order, in any character set, or why it is of no use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.record import Source
from oralcam.sources.worklist_entry import WorklistEntry, entry_of
from tests.unit.sources.answers import NOW, answer, entry


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
