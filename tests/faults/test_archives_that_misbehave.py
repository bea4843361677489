"""Archives that refuse, answer half or for another study: said clearly, the photo kept, the others go on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from oralcam import jpeg as photos
from oralcam.cli.main import main as oralcam
from oralcam.dicom.node import Node
from oralcam.dicom.web import WebArchive
from oralcam.outbox.delivery import State
from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.outbox.worker import Worker
from oralcam.record.store import RecordStore
from oralcam.sinks.dicom_store import DicomStoreSink
from oralcam.sinks.dicom_web import DicomWebSink
from oralcam.sinks.folder import FolderSink
from oralcam.sinks.sink import Sink
from tests.unit.dicom.peers import Archive, answer_of, hangs_up, tcp_peer, wait_until_free
from tests.unit.dicom.photos import full_record, jpeg
from tests.unit.dicom.web_peer import Request, WebPeer

JPEG = jpeg("4:2:2")
IDS = ("0f8fad5b-d9cb-469f-a165-70867728950e", "1f8fad5b-d9cb-469f-a165-70867728950e")
NOW_S = 1_800_000_000.0
Bad = Callable[[], AbstractContextManager[Sink]]


@contextmanager
def dicom(**behaviour: Any) -> Iterator[Sink]:
    with Archive(**behaviour).serving() as node:
        yield from opened(DicomStoreSink("archive", node))


@contextmanager
def nobody_there() -> Iterator[Sink]:
    with tcp_peer(hangs_up) as port:
        gone = port
    yield from opened(DicomStoreSink("archive", Node("127.0.0.1", gone, "ARCHIVE")))


@contextmanager
def breaking_off() -> Iterator[Sink]:
    with tcp_peer(hangs_up) as port:
        yield from opened(DicomStoreSink("archive", Node("127.0.0.1", port, "ARCHIVE")))


@contextmanager
def web(answer: Callable[[Request], tuple[int, bytes]]) -> Iterator[Sink]:
    with WebPeer(answer).serving() as url:
        yield DicomWebSink("archive", WebArchive(url))


def opened(sink: DicomStoreSink) -> Iterator[Sink]:
    try:
        yield sink
    finally:
        sink.close()


def reports_on_nothing(archive: Archive, association: Any, information: Any) -> None:
    wait_until_free(association)
    report = answer_of(information)
    report.ReferencedSOPSequence = []
    association.send_n_event_report(report, 1, "1.2.840.10008.1.20.1", "1.2.840.10008.1.20.1.1")


def of_another_study(request: Request) -> tuple[int, bytes]:
    """Takes everything, and finds it where it should not be."""
    if request.method == "POST":
        return 409, b""
    return 200, b"[]"


def found_elsewhere(request: Request) -> tuple[int, bytes]:
    uid = full_record(JPEG).sop_uid if "2.25.333" in request.path + str(request.body) else ""
    stored = {"00081199": {"vr": "SQ", "Value": [{"00081155": {"vr": "UI", "Value": [uid]}}]}}
    if request.method == "POST":
        return 200, json.dumps(stored).encode()
    found = {"00080018": {"vr": "UI", "Value": [uid]}, "0020000D": {"vr": "UI", "Value": ["2.25.9"]}}
    return 200, json.dumps([found]).encode()


def half_a_document(request: Request) -> tuple[int, bytes]:
    return 200, b'{"00081199": {"vr": "SQ", "Val'


CASES: list[tuple[str, Bad, State, str]] = [
    ("refuses the object", lambda: dicom(status=0xC001), State.DEAD, "refuses"),
    ("is full", lambda: dicom(status=0xA700), State.QUEUED, "again"),
    ("takes no photos", lambda: dicom(kinds=["1.2.840.10008.1.1"]), State.DEAD, "takes"),
    ("does not know such objects", lambda: dicom(status=0xA900), State.DEAD, "refuses"),
    ("reports on nothing", lambda: dicom(report=reports_on_nothing), State.SENT, "some of the photos only"),
    ("refuses to commit", lambda: dicom(action_status=0x0110), State.DEAD, "refuses storage commitment"),
    ("is not there", nobody_there, State.QUEUED, "cannot be reached"),
    ("breaks off", breaking_off, State.QUEUED, "does not speak DICOM"),
    ("web: another study", lambda: web(of_another_study), State.DEAD, "another study"),
    ("web: filed elsewhere", lambda: web(found_elsewhere), State.DEAD, "another study"),
    ("web: half an answer", lambda: web(half_a_document), State.QUEUED, "not DICOM JSON"),
    ("web: busy", lambda: web(lambda _: (503, b"Mueller")), State.QUEUED, "503"),
    ("web: wants a login", lambda: web(lambda _: (401, b"")), State.DEAD, "credentials"),
]


@pytest.mark.parametrize(
    ("bad", "state", "words"), [case[1:] for case in CASES], ids=[one[0] for one in CASES]
)
def test_what_is_wrong_is_told_the_photo_is_kept_and_the_folder_gets_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: Bad, state: State, words: str
) -> None:
    store = RecordStore(tmp_path / "records")
    (tmp_path / "outgoing").mkdir()
    folder = FolderSink("folder", tmp_path / "outgoing", tmp_path / "marks")
    with DeliveryTable(tmp_path / "outbox" / "outbox.sqlite") as table, bad() as archive:
        for number, record_id in enumerate(IDS):
            names = {"capture_id": f"a1b2c3-{number}", "sop_uid": f"2.25.333{number or ''}"}
            record = full_record(JPEG, record_id=record_id, **names)
            store.keep(record, JPEG)
            table.queue(record_id, record.sop_uid, ["archive", "folder"], NOW_S + number)
        sinks: dict[str, Sink] = {"archive": archive, "folder": folder}
        Worker(table, store, sinks, now=lambda: NOW_S + 2).run_once()
        states = {(each.record_id, each.sink): each.state for each in table.deliveries()}
    assert {states[record_id, "folder"] for record_id in IDS} == {State.CONFIRMED}
    assert states[IDS[0], "archive"] is state
    assert states[IDS[1], "archive"] is not State.CONFIRMED
    assert len(list((tmp_path / "outgoing").glob("*.jpg"))) == 2

    code = oralcam(["outbox", "status", "--home", str(tmp_path)])
    told = capsys.readouterr()
    line = next(line for line in told.out.splitlines() if line.startswith(IDS[0]))
    assert words in line
    assert code == (1 if state is State.DEAD else 0)
    for secret in ("Müller", "Mueller", "Zoë", "P-4711"):
        assert secret not in told.out + told.err
    for record_id in IDS:
        assert store.jpeg(record_id) == JPEG
        photos.inspect(store.jpeg(record_id))
