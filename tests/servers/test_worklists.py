"""Real worklist servers: names in every script, filters, character sets that are not declared."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from oralcam.dicom.node import Node
from oralcam.errors import ArchiveError, ArchiveTimeout
from oralcam.record import PatientContext
from oralcam.sources.worklist import worklist
from tests.servers.conftest import require_program
from tests.servers.dcmtk import worklist_server
from tools.testbeds.servers.orthanc import TITLE, Orthanc
from tools.testbeds.servers.worklist_file import write_entry

DAY = date(2026, 3, 4)
LATIN = "Müller^Zoë"
JAPANESE = "Yamada^Tarou=山田^太郎=やまだ^たろう"
DOE = "Doe^Jane"


def fill(folder: Path) -> None:
    write_entry(folder / "1.wl", "ISO_IR 192", LATIN.encode(), "P-1", time="090000")
    write_entry(folder / "2.wl", "ISO_IR 192", JAPANESE.encode(), "P-2", time="100000")
    write_entry(folder / "3.wl", "ISO_IR 100", LATIN.encode("latin-1"), "P-3", time="110000")
    write_entry(folder / "4.wl", "", DOE.encode(), "P-4", time="120000", modality="IO", station="CHAIR2")
    write_entry(folder / "5.wl", "", DOE.encode(), "P-5", day="20260305")


@pytest.fixture(scope="module")
def wlmscpfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    program = require_program("wlmscpfs", package="dcmtk")
    folder = tmp_path_factory.mktemp("wlmscpfs")
    with worklist_server(program, folder, "--keep-char-set") as node:
        fill(folder / "WORKLIST")
        yield node


@pytest.fixture(scope="module")
def archive(orthanc: Orthanc) -> Node:
    fill(orthanc.worklists)
    return Node("127.0.0.1", orthanc.dicom_port, TITLE)


@pytest.fixture(params=["wlmscpfs", "archive"], ids=["wlmscpfs", "orthanc"])
def node(request: pytest.FixtureRequest) -> Node:
    found: Node = request.getfixturevalue(request.param)
    return found


def patients(node: Node, **filters: object) -> dict[str, PatientContext]:
    found = worklist(node, **{"day": DAY, **filters})  # type: ignore[arg-type]
    assert found.skipped == ()
    assert found.complete
    return {entry.patient.patient_id: entry.patient for entry in found.entries}


def test_names_arrive_as_they_were_entered(node: Node) -> None:
    found = patients(node)
    assert list(found) == ["P-1", "P-2", "P-3"]
    for one in ("P-1", "P-3"):
        assert (found[one].family_name, found[one].given_name) == ("Müller", "Zoë")
    yamada = found["P-2"]
    assert (yamada.family_name_ideographic, yamada.given_name_ideographic) == ("山田", "太郎")
    assert (yamada.family_name_phonetic, yamada.given_name_phonetic) == ("やまだ", "たろう")
    assert all(patient.character_set_declared for patient in found.values())
    assert {patient.issuer for patient in found.values()} == {"Praxis Nord"}


def test_station_modality_day_and_patient_are_filters(node: Node) -> None:
    assert list(patients(node, station="CHAIR2")) == ["P-4"]
    assert list(patients(node, station="", modality="IO")) == ["P-4"]
    assert list(patients(node, modality="XC")) == ["P-1", "P-2", "P-3"]
    assert list(patients(node, station="NOBODY")) == []
    assert list(patients(node, day=date(2026, 3, 5))) == ["P-5"]
    assert len(patients(node, station="", day=(date(2026, 3, 4), date(2026, 3, 5)))) == 5
    assert list(patients(node, patient_id="P-2")) == ["P-2"]


def test_the_order_comes_along(node: Node) -> None:
    (entry,) = worklist(node, day=DAY, patient_id="P-1").entries
    assert (entry.order.accession_number, entry.order.requested_procedure_id) == ("A-1", "RP-1")
    assert (entry.order.scheduled_step_id, entry.order.description) == ("SPS-1", "Photographs")
    assert entry.order.study_uid.startswith("2.25.")


def test_at_the_limit_there_is_no_more_and_that_is_said(node: Node) -> None:
    found = worklist(node, day=DAY, most=2)
    assert len(found.entries) == 2
    assert not found.complete


def test_a_server_that_drops_the_character_set_is_flagged(tmp_path: Path) -> None:
    """wlmscpfs without -csk says nothing of the character set: "Müller" is guessed, and flagged."""
    program = require_program("wlmscpfs", package="dcmtk")
    with worklist_server(program, tmp_path) as node:
        fill(tmp_path / "WORKLIST")
        found = patients(node, station="")
    assert {one: patient.character_set_declared for one, patient in found.items()} == {
        "P-1": False,
        "P-2": False,
        "P-3": False,
        "P-4": True,  # plain ASCII needs no declaration
    }
    assert (found["P-1"].family_name, found["P-3"].family_name) == ("Müller", "Müller")


def test_a_server_that_declares_one_for_all_is_believed(tmp_path: Path) -> None:
    """With -cs1 it says Latin-1 of everything, which is right for this entry."""
    program = require_program("wlmscpfs", package="dcmtk")
    with worklist_server(program, tmp_path, "--return-iso-ir-100") as node:
        write_entry(tmp_path / "WORKLIST" / "1.wl", "ISO_IR 100", LATIN.encode("latin-1"), "P-3")
        found = patients(node)
    assert found["P-3"].family_name == "Müller"


def test_a_slow_server_is_given_up_at_the_deadline_or_cancelled(tmp_path: Path) -> None:
    program = require_program("wlmscpfs", package="dcmtk")
    with worklist_server(program, tmp_path, "--sleep-before", "3") as node:
        fill(tmp_path / "WORKLIST")
        with pytest.raises(ArchiveTimeout):
            worklist(node, day=DAY, deadline_s=0.5)
    with worklist_server(program, tmp_path, "--sleep-during", "1") as node:
        cancel = threading.Event()
        cancel.set()
        found = worklist(node, day=DAY, cancel=cancel, deadline_s=20)
        assert not found.complete


def test_a_title_that_it_does_not_serve_is_refused(wlmscpfs: Node) -> None:
    with pytest.raises(ArchiveError):
        worklist(Node(wlmscpfs.host, wlmscpfs.port, "ELSEWHERE"), day=DAY)
