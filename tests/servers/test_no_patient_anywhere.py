"""Planted names through a whole visit and all that can go wrong in it: they are in the private records, in
what goes to the practice and to the archive, and nowhere else. Not in logs, warnings, errors, names of files,
the outbox, the audit log, the spool, the camera; on the screen only where somebody is armed or picked."""

from __future__ import annotations

import io
import json
import logging
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

import oralcam
from oralcam import Camera
from oralcam import jpeg as photos
from oralcam.cli.main import main as command
from oralcam.dicom.node import Node
from oralcam.dicom.web import Login, WebArchive
from oralcam.emulator import Emulator
from oralcam.errors import OralcamError
from oralcam.outbox.background import close_all
from oralcam.outbox.delivery import State
from oralcam.record.timestamps import now
from oralcam.sinks.dicom_store import DicomStoreSink
from oralcam.sinks.dicom_web import DicomWebSink
from oralcam.sinks.folder import FolderSink
from oralcam.sinks.sink import Sink
from oralcam.sources.worklist import worklist
from oralcam.visits.visit import Visit
from tests.end_to_end.test_cli_visit import Visiting
from tests.unit.dicom.photos import jpeg
from tools.clinic.practice import hand_moves, today
from tools.testbeds.servers.orthanc import PASSWORD, TITLE, USER, Orthanc
from tools.testbeds.servers.starting import free_port
from tools.testbeds.servers.worklist_file import write_entry

DEADLINE_S = 60.0
FAMILY, GIVEN, PATIENT_ID, REASON = "Quetzalcoatlus", "Xochimilco", "ID-71828182845", "Pulpitis 1618033"
IDEOGRAPHS, BORN, SECOND = "山田", "19710828", "Pteranodonsky"
PLANTED = (FAMILY, GIVEN, PATIENT_ID, REASON, IDEOGRAPHS, BORN, "1971-08-28", SECOND)
FORMS = tuple(form for word in PLANTED for form in (word.encode(), word.encode("utf-16-le")))


@dataclass
class Said:
    """All that a run tells, apart from what is meant for the person at the screen."""

    texts: list[str] = field(default_factory=list)

    @contextmanager
    def error(self) -> Iterator[None]:
        """A refusal is expected here."""
        with pytest.raises(OralcamError) as refused:
            yield
        self.texts.append("".join(traceback.format_exception(refused.value)))


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    """Sends a sound photo, then one that no sink can use, in turn."""
    (tmp_path / "mouths").mkdir()
    sound = jpeg("4:2:2", width=320, height=240)
    out = io.BytesIO()
    with Image.open(io.BytesIO(sound)) as picture:
        picture.save(out, "jpeg", progressive=True)
    (tmp_path / "mouths" / "1.jpg").write_bytes(sound)
    (tmp_path / "mouths" / "2.jpg").write_bytes(out.getvalue())
    with Emulator(replay=tmp_path / "mouths", store="flash", state=tmp_path / "device") as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, orthanc: Orthanc) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (tmp_path / "outgoing").mkdir()
    (folder / "sinks.toml").write_text(
        f'[files]\nkind = "folder"\npath = "{tmp_path / "outgoing"}"\n'
        f'[archive]\nkind = "dicom"\nhost = "127.0.0.1"\nport = {orthanc.dicom_port}\ntitle = "{TITLE}"\n'
        f"listen_port = {orthanc.commitment_port}\n",
        "utf-8",
    )
    return folder


def all_sinks(tmp_path: Path, orthanc: Orthanc) -> list[Sink]:
    """Three that work, and three that do not."""
    marks = tmp_path / "home" / "marks"
    listen = ("127.0.0.1", orthanc.commitment_port)
    return [
        FolderSink("files", tmp_path / "outgoing", marks),
        DicomStoreSink("archive", Node("127.0.0.1", orthanc.dicom_port, TITLE), listen=listen),
        DicomWebSink("web", WebArchive(orthanc.url, Login(USER, PASSWORD))),
        FolderSink("unplugged", tmp_path / "not there", marks),
        DicomStoreSink("down", Node("127.0.0.1", free_port(), TITLE)),
        DicomStoreSink("strict", Node("127.0.0.1", orthanc.dicom_port, TITLE, station="STRANGER")),
    ]


def test_planted_names_are_where_they_belong_and_nowhere_else(
    orthanc: Orthanc,
    emulator: Emulator,
    home: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("pynetdicom", "pydicom", "oralcam"):
        caplog.set_level(logging.DEBUG, name)
    entry = orthanc.worklists / "planted.wl"
    writings = f"{FAMILY}^{GIVEN}={IDEOGRAPHS}"
    write_entry(
        entry, "ISO_IR 192", writings.encode(), PATIENT_ID, day=today(), birth_date=BORN, accession="P-1"
    )
    said = Said()
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            on_the_command_line(said, emulator, home, tmp_path)
            a_visit(said, orthanc, emulator, home, tmp_path)
            afterwards(said, home, tmp_path, capsys)
    finally:
        entry.unlink()
        close_all()
    emulator.unplug()

    for text in (*said.texts, *(str(one.message) for one in warned), *map(everything, caplog.records)):
        assert not planted_in(text.encode()), text
    assert len(caplog.records) > 50  # the libraries were listened to
    assert_files_are_clean(tmp_path)
    outgoing = [photos.read(path.read_bytes()) for path in (tmp_path / "outgoing").glob("*.jpg")]
    assert {one.family_name for one in outgoing} >= {FAMILY}
    assert {one.reason for one in outgoing} >= {REASON}


def on_the_command_line(said: Said, emulator: Emulator, home: Path, tmp_path: Path) -> None:
    """`oralcam visit`: one photo, all confirmed."""
    patient = tmp_path / "chart.json"
    patient.write_text(as_json(FAMILY), "utf-8")
    visiting = Visiting(emulator, home, patient, "--site", "ISO 26", "--count", "1")
    assert FAMILY in visiting.armed  # the line that tells who is armed
    said.texts.append(json.dumps(visiting.press()))
    code, err = visiting.end()
    assert code == 0, err
    said.texts.append(err)
    patient.unlink()


def a_visit(said: Said, orthanc: Orthanc, emulator: Emulator, home: Path, tmp_path: Path) -> None:
    """In a program: a photo that no sink takes, sound ones, a press of nobody's, a photo damaged on disk."""
    found = worklist(Node("127.0.0.1", orthanc.dicom_port, TITLE), patient_id=PATIENT_ID)
    (expected,) = found.entries
    said.texts.append(f"{expected!r} {found!r}")
    with Camera.open(emulator, spool=tmp_path / "spool") as camera:
        sinks = all_sinks(tmp_path, orthanc)
        patient = expected.patient.armed_again(now())
        with oralcam.visit(camera, patient, order=expected.order, sinks=sinks, home=home) as visit:
            hand_moves()
            presses = visit.presses(DEADLINE_S)
            for _ in range(4):  # a bad one, a sound one, and again
                emulator.bench.press()
                shot = next(presses)
                with said.error():
                    shot.describe(site=f"14 {FAMILY}", reason=REASON)
                with said.error():
                    shot.describe(reason=f"{FAMILY}\x00")
                shot.describe(site="ISO 26", reason=REASON)
                said.texts.append(f"{shot!r} {shot.record!r} {visit!r} {shot.deliveries!r}")
            until(lambda: settled(visit))
            stored = visit.store.folder / "jpeg" / f"{visit.shots[1].record.record_id}.jpg"
            stored = stored if stored.exists() else next(visit.store.folder.rglob(f"{stored.stem}.jpg"))
            stored.write_bytes(stored.read_bytes()[:-9])
            visit.shots[1].describe(reason=f"{REASON}, once more")
            until(lambda: settled(visit))
            with said.error():
                visit.capture(site=FAMILY)
            camera.capture()  # by another part of the program: it stays in the spool
        hand_moves()
        emulator.bench.press()  # nobody's
        until(lambda: visit.quarantined)
        said.texts.append(repr(visit.quarantined))
        states = {(each.sink, each.state) for shot in visit.shots for each in shot.deliveries}
        said.texts.append(repr([shot.deliveries for shot in visit.shots]))
    assert {("files", State.CONFIRMED), ("archive", State.CONFIRMED), ("web", State.CONFIRMED)} <= states
    assert {("files", State.DEAD), ("archive", State.DEAD), ("unplugged", State.QUEUED)} <= states
    assert {("down", State.QUEUED), ("strict", State.DEAD)} <= states


def settled(visit: Visit) -> bool:
    """Has every delivery been tried?"""
    return all(each.attempts or each.state is State.CONFIRMED for s in visit.shots for each in s.deliveries)


def afterwards(said: Said, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The outbox is looked at; the press of nobody's is filed, another photo goes to another patient."""

    def run(*words: str, screen: bool = False) -> str:
        """`screen`: what stands on standard output is for the person who picks a patient."""
        command([*words])
        told = capsys.readouterr()
        said.texts.append(told.err if screen else told.out + told.err)
        return told.out

    records = ["--records", str(home / "records")]
    chart = tmp_path / "chart.json"
    chart.write_text(as_json(SECOND), "utf-8")
    assert run("outbox", "status", "--home", str(home))
    run("outbox", "status", "--all", "--json", "--home", str(home))
    run("outbox", "run", "--timeout", "0.2", "--home", str(home))
    waiting = run("record", "quarantine", "--json", *records, screen=True)
    (waiting_id,) = {json.loads(line)["record_id"] for line in waiting.splitlines()}
    run("record", "quarantine", waiting_id, "--candidate", "1", "--why", "told", *records, screen=True)
    ids = [path.stem for path in (home / "records" / "records").glob("*.json")]
    assert waiting_id in ids
    run("record", "relink", waiting_id, "--patient", str(chart), "--why", "chart", *records, screen=True)
    run("record", "relink", waiting_id, "--patient", str(chart), "--why", "again", *records, screen=True)
    run("record", "audit", *records)
    for text in (as_json(FAMILY, birth_date=f"{BORN}{FAMILY}"), as_json(FAMILY * 9), f"{FAMILY}{{"):
        chart.write_text(text, "utf-8")
        run("record", "relink", waiting_id, "--patient", str(chart), "--why", "x", *records)
        run("visit", "--patient", str(chart), "--home", str(home), "--port", "/dev/nothing")
    chart.unlink()


def as_json(family: str, **changed: str) -> str:
    said = {
        "patient_id": PATIENT_ID,
        "issuer": "practice",
        "family_name": family,
        "given_name": GIVEN,
        "birth_date": "1971-08-28",
        **changed,
    }
    return json.dumps(said, ensure_ascii=False)


def planted_in(data: bytes) -> list[bytes]:
    return [form for form in FORMS if form.lower() in data.lower()]


def everything(record: logging.LogRecord) -> str:
    """With what a program's own formatter may show of it."""
    trace = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
    return f"{record.name} {record.getMessage()} {record.args!r} {trace}"


def assert_files_are_clean(root: Path) -> None:
    """Private records and what goes out may hold names; no file may be called by one."""
    private = [root / "home" / "records" / name for name in ("records", "quarantine", "filed", "armings")]
    looked_at = set()
    for path in root.rglob("*"):
        assert not planted_in(str(path.relative_to(root)).encode()), path
        if not path.is_file() or path.parent == root / "outgoing" or path.parent in private:
            continue
        assert not planted_in(path.read_bytes()), path
        looked_at.add(path.relative_to(root).parts[0])
        looked_at.add(path.name)
    assert looked_at >= {"device", "spool", "outbox.sqlite", "audit.log", "home"}
    for folder in private:
        assert folder.stat().st_mode & 0o077 == 0


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
