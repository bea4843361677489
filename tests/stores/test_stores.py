"""What earlier versions left on disk is read, and gone on with."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

import oralcam
from oralcam.cli.main import main
from oralcam.emulator import Emulator
from oralcam.outbox.background import close_all
from oralcam.outbox.delivery import State
from oralcam.outbox.delivery_table import DeliveryTable
from oralcam.record import Quarantine
from oralcam.record.assignment.arming_file import ArmingFile
from oralcam.record.store import RecordStore
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from tests.end_to_end.conftest import jpeg_of

HERE = Path(__file__).parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "home").is_dir())
TEETH = {"Zoë": ["14", "8"], "Bo": ["19"]}  # in the Universal system


@pytest.fixture(params=VERSIONS)
def left(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what one version left; it is this program's home."""
    shutil.copytree(HERE / request.param, tmp_path / "left")
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "left" / "home"))
    return tmp_path / "left"


def quarantined(store: RecordStore) -> list[str]:
    waiting = Quarantine(store)
    return sorted(waiting.read(record_id).photo.capture_id for record_id in waiting.ids())


def test_there_are_stores() -> None:
    assert VERSIONS[:1] == ["0.1.0"]


def test_records_photos_quarantine_and_audit_are_read(left: Path) -> None:
    store = RecordStore(left / "home" / "records")
    records = [store.read(record_id) for record_id in store.ids()]
    assert sorted(record.patient.given_name for record in records) == ["Bo", "Zoë", "Zoë"]
    for name, teeth in TEETH.items():
        sites = [record.site for record in records if record.patient.given_name == name]
        assert sorted(tooth.universal for site in sites if site for tooth in site.teeth) == sorted(teeth)
    for record in records:
        assert hashlib.sha256(store.jpeg(record.record_id)).hexdigest() == record.jpeg_sha256
    (moved,) = [record for record in records if record.patient.given_name == "Bo"]
    assert moved.history[-1].why == "wrong chart"
    assert quarantined(store) == ["EMU-OLD-000001"]
    assert store.audit.verify().number == len(list(store.audit.entries())) > 10


def test_who_was_armed_and_what_is_on_its_way_is_read(left: Path) -> None:
    armings = ArmingFile(left / "home" / "records" / "armings", "EMU-OLD").load()
    assert [arming.patient.given_name for arming in armings] == ["Zoë", "Ann"]
    with DeliveryTable(left / "home" / "outbox" / "outbox.sqlite") as table:
        states = sorted((delivery.sink, delivery.state) for delivery in table.deliveries())
    assert states == [
        ("archive", State.QUEUED),
        ("practice", State.CONFIRMED),
        ("practice", State.CONFIRMED),
    ]


def test_photos_in_the_spool_are_recovered(left: Path, tmp_path: Path) -> None:
    photos = contents_of(Spool(left / "home" / "spool")).photos
    assert [photo.capture_id for photo in photos] == ["EMU-OLD-000005", "EMU-OLD-000006"]
    assert main(["spool", "recover", "--out", str(tmp_path / "rescued")]) == 0
    assert len(list((tmp_path / "rescued").glob("*.jpg"))) == 2
    assert contents_of(Spool(left / "home" / "spool")).photos == ()


def test_a_visit_goes_on_where_the_earlier_version_stopped(left: Path, tmp_path: Path) -> None:
    """Its camera's numbers go on; its spooled photos are nobody's, and none is recorded twice."""
    store = RecordStore(left / "home" / "records")
    before = len(list(store.ids()))
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(jpeg_of(5_000))
    patient = store.read(next(iter(store.ids()))).patient.armed_again(oralcam.record.HostTime.now().at, None)
    with (
        Emulator(replay=picture, serial_number="EMU-OLD", state=left / "state", store="flash") as emulator,
        oralcam.Camera.open(emulator) as camera,
        oralcam.visit(camera, patient, sinks=(), home=left / "home") as visit,
    ):
        shot = visit.capture("ISO 26", "Cracked cusp")
        assert shot.record.capture_id == "EMU-OLD-000065"  # a board reserves numbers by the 64
    close_all()
    assert len(list(store.ids())) == before + 1
    assert quarantined(store) == ["EMU-OLD-000001", "EMU-OLD-000005", "EMU-OLD-000006"]
    store.audit.verify()


def test_the_command_line_reads_it(left: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "quarantine", "--json"]) == 0
    assert "EMU-OLD-000001" in capsys.readouterr().out
    assert main(["record", "audit"]) == 0
    capsys.readouterr()
    assert main(["outbox", "status", "--json"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)
