"""A photo that cannot be anybody's for sure waits for a person, who files it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import oralcam
from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import (
    InvalidRecord,
    RecordNotFound,
)
from oralcam.record.assignment.doubt import Doubt
from oralcam.record.store import RecordStore
from oralcam.record.timestamps import now
from oralcam.sinks.folder import FolderSink
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from oralcam.visits.visit import Visit
from tests.end_to_end.visits.waiting import DEADLINE_S, let_a_moment_pass, until
from tests.unit.record.strategies import patient


def test_a_press_with_nobody_armed_waits_for_a_person(
    begin: Callable[..., Visit], emulator: Emulator
) -> None:
    with begin(1) as first:
        pass
    let_a_moment_pass()
    emulator.bench.press()
    let_a_moment_pass()
    with begin(2) as second:
        until(lambda: first.quarantined)
    (waiting,) = first.quarantined
    assert waiting.doubt is Doubt.UNARMED
    assert {one.patient_id for one in waiting.candidates} <= {"P1", "P2"}
    assert (first.shots, second.shots) == ((), ())


def test_a_press_while_the_camera_was_away_is_nobodys(
    begin: Callable[..., Visit], camera: Camera, emulator: Emulator
) -> None:
    with begin() as visit:
        emulator.reset("watchdog")
        emulator.bench.press()  # before the SDK has found the camera again
        assert camera.wait_connected(DEADLINE_S)
        until(lambda: visit.quarantined or visit.shots)
        let_a_moment_pass()
        emulator.bench.press()
        until(lambda: visit.shots)
    (waiting,) = visit.quarantined
    assert waiting.doubt in (Doubt.BEFORE_RECONNECT, Doubt.TIME_UNKNOWN)
    assert [one.patient_id for one in waiting.candidates] == ["P1"]
    assert len(visit.shots) == 1  # who was armed still is


def test_what_waited_on_the_camera_before_it_was_opened_is_nobodys(
    emulator: Emulator, tmp_path: Path
) -> None:
    emulator.bench.press()
    assert emulator.bench.wait_until(lambda bench: "taken" in bench.shown)
    with (
        Camera.open(emulator, spool=tmp_path / "spool") as camera,
        oralcam.visit(camera, patient().armed_again(now()), sinks=(), home=tmp_path) as visit,
    ):
        until(lambda: visit.quarantined)
    assert visit.shots == ()
    assert visit.quarantined[0].doubt is Doubt.BEFORE_RECONNECT


def test_what_a_killed_program_left_in_the_spool_is_kept_and_nobodys(
    emulator: Emulator, tmp_path: Path
) -> None:
    with Camera.open(emulator, spool=tmp_path / "spool") as camera:
        left = camera.capture()
        bytes_left = left.jpeg
    with (
        Camera.open(emulator, spool=tmp_path / "spool") as camera,
        oralcam.visit(camera, patient().armed_again(now()), sinks=(), home=tmp_path) as visit,
    ):
        (waiting,) = visit._router.quarantined
    assert waiting.photo.jpeg_sha256 == left.sha256
    assert RecordStore(tmp_path / "records").jpeg(waiting.record_id) == bytes_left
    assert contents_of(Spool(tmp_path / "spool")).photos == ()


def test_candidates_outlive_the_program_that_armed_them(emulator: Emulator, tmp_path: Path) -> None:
    with Camera.open(emulator, spool=tmp_path / "spool") as camera:
        armed = patient(1).armed_again(now())
        oralcam.visit(camera, armed, sinks=(), home=tmp_path)  # and never ended: the program was killed
        let_a_moment_pass()
        left = camera.capture()
    assert left.press_number is None
    with (
        Camera.open(emulator, spool=tmp_path / "spool") as camera,
        oralcam.visit(camera, patient(2).armed_again(now()), sinks=(), home=tmp_path) as visit,
    ):
        (waiting,) = visit._router.quarantined
    assert waiting.doubt is Doubt.BEFORE_RECONNECT
    assert [one.patient_id for one in waiting.candidates] == ["P1"]


def test_a_quarantined_photo_is_filed_by_a_person_and_sent_like_the_others(
    begin: Callable[..., Visit], emulator: Emulator, tmp_path: Path
) -> None:
    (tmp_path / "outgoing").mkdir()
    sink = FolderSink("practice", tmp_path / "outgoing", tmp_path / "marks")
    with begin(2, sinks=[sink]) as visit:
        emulator.reset("watchdog")
        emulator.bench.press()  # before the SDK has found the camera again
        until(lambda: visit.quarantined)
        (waiting,) = visit.quarantined
        with pytest.raises(InvalidRecord, match="why"):
            visit.file(waiting, who="Dr. A", why="")
        assert [one.record_id for one in visit.quarantined] == [waiting.record_id]
        shot = visit.file(waiting, who="Dr. A", why="I saw it", site="ISO 26", reason="Cracked cusp")
        assert not visit.quarantined
        assert visit.shots == (shot,)
        with pytest.raises(RecordNotFound):
            visit.file(waiting, who="Dr. A", why="again")
        assert visit.wait_confirmed(DEADLINE_S)
    assert list(visit.presses(timeout=0)) == []  # of nobody else's presses
    record = shot.record
    assert (record.patient.patient_id, record.visit_id) == ("P2", visit.ids.visit_id)
    assert record.visit_started_at == visit.ids.started_at
    assert (record.record_id, record.history[0].why) == (waiting.record_id, "I saw it")
    assert record.quality is not None
    assert [path.stem for path in (tmp_path / "outgoing").glob("*.jpg")] == [record.record_id]
