"""A real archive that is gone for a while, and programs killed while they send to it: in the end it has each
photo once, has promised to keep it, and the outbox knows."""

from __future__ import annotations

import hashlib
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import oralcam
from oralcam.cli.main import main as command
from oralcam.dicom.node import Node
from oralcam.dicom.photo import secondary_capture_uid
from oralcam.dicom.web import Login, WebArchive
from oralcam.outbox.delivery import State
from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.outbox.worker import STAGES
from oralcam.record import CaptureRecord
from oralcam.record.audit import Act
from oralcam.record.store import RecordStore
from oralcam.record.timestamps import now
from oralcam.sinks.dicom_store import DicomStoreSink
from oralcam.sinks.dicom_web import DicomWebSink
from oralcam.sinks.sink import Sink
from tests.faults.outbox_program import deliver
from tests.unit.dicom.photos import full_record, jpeg, patient
from tools.clinic.practice import ARCHIVE, FOLDER, Practice, hand_moves, practice_open
from tools.testbeds.servers.orthanc import PASSWORD, TITLE, USER, Orthanc

DEADLINE_S = 60.0
JPEG = jpeg("4:2:2", width=320, height=240)
MakeSink = Callable[[Orthanc], Sink]


def over_dicom(orthanc: Orthanc) -> Sink:
    node = Node("127.0.0.1", orthanc.dicom_port, TITLE)
    return DicomStoreSink(ARCHIVE, node, listen=("127.0.0.1", orthanc.commitment_port))


def over_the_web(orthanc: Orthanc) -> Sink:
    return DicomWebSink(ARCHIVE, WebArchive(orthanc.url, Login(USER, PASSWORD)))


routes = pytest.mark.parametrize("route", [over_dicom, over_the_web], ids=["C-STORE", "STOW-RS"])


def queued(home: Path, outbox: Path | None = None) -> CaptureRecord:
    """A record of a study of its own, waiting for the archive."""
    uids = {name: f"2.25.{uuid.uuid4().int}" for name in ("study_uid", "series_uid", "sop_uid")}
    record = full_record(JPEG, record_id=str(uuid.uuid4()), **uids)
    RecordStore(home / "records").keep(record, JPEG)
    with DeliveryTable((outbox or home) / "outbox.sqlite") as table:
        table.queue(record.record_id, record.sop_uid, [ARCHIVE], time.time())
    return record


def held(orthanc: Orthanc, record: CaptureRecord) -> int:
    """How many instances there are of it, by whatever name."""
    (study,) = orthanc.named(record.study_uid)
    assert orthanc.named(secondary_capture_uid(record.sop_uid)) == []
    return len(orthanc.ask(f"/studies/{study}/instances"))


@routes
def test_a_program_killed_anywhere_leaves_the_photo_confirmed_and_once_in_the_archive(
    orthanc: Orthanc, tmp_path: Path, route: MakeSink
) -> None:
    at, killed = 0, True
    while killed:
        at += 1
        home = tmp_path / str(at)
        record = queued(home)
        ended = deliver(home, {ARCHIVE: route(orthanc)}, at, ("socket.connect",))
        killed = ended == -signal.SIGKILL
        assert killed or ended == 0
        assert deliver(home, {ARCHIVE: route(orthanc)}) == 0
        with DeliveryTable(home / "outbox.sqlite") as table:
            assert [delivery.state for delivery in table.deliveries()] == [State.CONFIRMED], at
        assert held(orthanc, record) == 1, at
    assert at > len(STAGES) + 2  # before each connection too


SINKS = """\
[archive]
kind = "dicom"
host = "127.0.0.1"
port = {port}
title = "ORTHANC"
station = "{station}"
listen_port = {listen_port}
"""


def test_a_station_that_the_archive_does_not_know_is_told_and_sends_once_it_does(
    orthanc: Orthanc, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = queued(tmp_path, tmp_path / "outbox")
    ports = {"port": orthanc.dicom_port, "listen_port": orthanc.commitment_port}
    settings, home = tmp_path / "sinks.toml", ["--home", str(tmp_path)]
    settings.write_text(SINKS.format(station="STRANGER", **ports))
    assert command(["outbox", "run", *home]) == 1
    assert command(["outbox", "status", *home]) == 1
    assert "check both AE titles" in capsys.readouterr().out
    assert orthanc.named(record.sop_uid) == []
    settings.write_text(SINKS.format(station="ORALCAM", **ports))
    assert command(["outbox", "retry", "--sink", ARCHIVE, *home]) == 0
    assert command(["outbox", "run", *home]) == 0
    assert held(orthanc, record) == 1
    acts = [entry.what for entry in RecordStore(tmp_path / "records").audit.entries()]
    assert acts == [Act.RECORDED, Act.SENT, Act.CONFIRMED]


@pytest.fixture
def practice(orthanc: Orthanc, tmp_path: Path) -> Iterator[Practice]:
    (tmp_path / "mouth.jpg").write_bytes(JPEG)
    with practice_open(orthanc, tmp_path, tmp_path / "photos", replay=tmp_path / "mouth.jpg") as opened:
        yield opened


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_an_archive_that_is_gone_in_the_middle_of_a_visit_has_everything_once_in_the_end(
    orthanc: Orthanc, practice: Practice, how: str
) -> None:
    with ExitStack() as stack:
        stack.callback(started, orthanc)  # it is the other tests' too
        visit = stack.enter_context(
            oralcam.visit(
                practice.camera, patient(armed_at=now()), sinks=practice.sinks(), home=practice.home
            )
        )
        hand_moves()
        presses = visit.presses(DEADLINE_S)

        def press() -> None:
            practice.emulator.bench.press()
            next(presses).describe(site="ISO 26", reason="Cracked cusp")

        press()
        assert visit.wait_confirmed(DEADLINE_S)
        press()  # it may be on its way, there, or promised
        if how == "killed":
            assert orthanc.process is not None
            orthanc.process.kill()
        orthanc.stop()
        press()
        until(lambda: len(list(practice.photos.glob("*.jpg"))) == 3)  # the folder does not wait for it
        states = {each.sink: each.state for each in visit.shots[2].deliveries}
        assert states[ARCHIVE] is State.QUEUED
        until(lambda: visit.shots[2].deliveries[0].said)
        orthanc.start()
        press()
        assert visit.wait_confirmed(DEADLINE_S)
    for shot in visit.shots:
        assert len(orthanc.named(shot.record.sop_uid)) == 1
        assert hashlib.sha256(shot.jpeg).hexdigest() == shot.record.jpeg_sha256
    (study,) = orthanc.named(visit.ids.study_uid)
    assert len(orthanc.ask(f"/studies/{study}/instances")) == 4
    assert len(list(practice.photos.glob("*.jpg"))) == 4
    assert {each.sink for shot in visit.shots for each in shot.deliveries} == {ARCHIVE, FOLDER}


def started(orthanc: Orthanc) -> None:
    if orthanc.process is None:
        orthanc.start()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
