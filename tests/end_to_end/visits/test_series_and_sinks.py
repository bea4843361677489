"""A series of views, and the way of its photos to the sinks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

import oralcam
from oralcam import Camera
from oralcam import jpeg as photos
from oralcam.dicom.photo import photographic_image
from oralcam.emulator import Emulator
from oralcam.errors import (
    InvalidRecord,
)
from oralcam.outbox.background import close_all
from oralcam.outbox.delivery import State
from oralcam.record import make_record
from oralcam.record.templates import FULL_MOUTH, ORTHODONTIC
from oralcam.record.timestamps import now
from oralcam.sinks.folder import FolderSink
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from oralcam.visits.from_camera import taken_photo
from oralcam.visits.visit import Visit
from tests.end_to_end.visits.waiting import DEADLINE_S, let_a_moment_pass, until
from tests.unit.record.strategies import patient


def test_a_series_prompts_view_by_view_and_a_retake_supersedes(
    begin: Callable[..., Visit], emulator: Emulator
) -> None:
    with begin() as visit:
        first = visit.follow(ORTHODONTIC)
        shot = visit.capture(reason="Start of treatment")
        assert shot.record.site == first.site
        assert visit.series is not None
        second = visit.series.next
        assert second is not None
        emulator.bench.press()
        until(lambda: len(visit.shots) == 2)
        assert visit.shots[1].record.site == second.site
        third = visit.series.next
        fourth = visit.skip_view()
        assert third is not None
        assert fourth is not None
        assert fourth.name != third.name
        again = visit.capture(first.site, "Blurred before", retake_of=shot)
        assert again.record.supersedes == shot.record.record_id


def test_photos_go_to_the_sinks_when_they_are_complete_and_the_rest_at_the_end(
    begin: Callable[..., Visit], emulator: Emulator, tmp_path: Path
) -> None:
    (tmp_path / "outgoing").mkdir()
    sink = FolderSink("practice", tmp_path / "outgoing", tmp_path / "marks")
    with begin(sinks=[sink]) as visit:
        visit.capture("Universal 14", "Cracked cusp")
        assert visit.wait_confirmed(DEADLINE_S)
        emulator.bench.press()
        until(lambda: len(visit.shots) == 2)
        assert len(list((tmp_path / "outgoing").glob("*.jpg"))) == 1
    assert visit.wait_confirmed(DEADLINE_S)
    tagged = [path.read_bytes() for path in (tmp_path / "outgoing").glob("*.jpg")]
    assert {photos.strip(one) for one in tagged} == {shot.jpeg for shot in visit.shots}
    assert {photos.read(one).given_name for one in tagged} == {"Zoë"}


def test_what_a_killed_program_recorded_is_sent_by_the_next_one(emulator: Emulator, tmp_path: Path) -> None:
    """Killed in a visit: one photo waits for its site, another is recorded and not queued yet."""
    (tmp_path / "outgoing").mkdir()
    sinks = [FolderSink("practice", tmp_path / "outgoing", tmp_path / "marks")]
    options = {"sinks": sinks, "home": tmp_path / "home"}
    with Camera.open(emulator, spool=tmp_path / "spool") as camera:
        killed = oralcam.visit(camera, patient().armed_again(now()), **options)  # type: ignore[arg-type]
        let_a_moment_pass()
        emulator.bench.press()
        until(lambda: killed.shots)
        assert not list((tmp_path / "outgoing").iterdir())
        between = camera.capture()  # as far as it gets between two lines of the program
        record = make_record(taken_photo(between, camera), killed.patient, killed.ids)
        killed.store.keep(record, between.jpeg)
    close_all()
    with (
        Camera.open(emulator, spool=tmp_path / "spool") as camera,
        oralcam.visit(camera, patient(2).armed_again(now()), **options),  # type: ignore[arg-type]
    ):
        until(lambda: len(list((tmp_path / "outgoing").glob("*.jpg"))) == 2)
    close_all()
    sent = {path.stem for path in (tmp_path / "outgoing").glob("*.jpg")}
    assert sent == {killed.shots[0].record.record_id, record.record_id}
    assert contents_of(Spool(tmp_path / "spool")).photos == ()


def test_a_view_that_needs_a_retractor_says_so_in_the_record_and_in_dicom(
    begin: Callable[..., Visit],
) -> None:
    with begin() as visit:
        visit.follow(FULL_MOUTH)
        shot = visit.capture(reason="First visit")
    assert shot.record.site is not None
    assert shot.record.site.retractor
    devices = photographic_image(shot.record, shot.jpeg).dataset.DeviceSequence
    assert [device.CodeValue for device in devices] == ["53535004"]


def test_a_shot_is_moved_to_another_patient_or_visit_and_sent_again(
    begin: Callable[..., Visit], emulator: Emulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (tmp_path / "outgoing").mkdir()
    sink = FolderSink("practice", tmp_path / "outgoing", tmp_path / "marks")
    with begin(1, sinks=[sink]) as first:
        emulator.bench.press(3)
        until(lambda: len(first.shots) == 3)
        presses = first.presses(timeout=0)
        alone, joined, kept = first.shots
        assert next(presses) is alone
        alone.relink(patient(3), who="Dr. A", why="wrong chart was open")  # nobody waits for its site
        with begin(2, sinks=[sink]) as second:
            joined.relink(second, who="Dr. A", why="the next patient sat down")
            with pytest.raises(InvalidRecord, match="already") as refused:
                joined.relink(second, who="Dr. A", why="again")
            assert second.shots == (joined,)
        assert first.shots == (kept,)
        assert list(presses) == [joined, kept]  # whoever goes through the presses misses none
        moved = (alone, joined)
        until(lambda: {each.state for shot in moved for each in shot.deliveries} == {State.CONFIRMED})
    assert first.wait_confirmed(DEADLINE_S)
    assert joined.record.visit_started_at == second.ids.started_at
    assert alone.record.study_uid not in (first.ids.study_uid, second.ids.study_uid)
    assert alone.record.history[-1].patient_before == first.patient
    said = {path.stem: photos.read(path.read_bytes()) for path in (tmp_path / "outgoing").glob("*.jpg")}
    assert {shot: said[shot.record.record_id].patient_id for shot in (*moved, kept)} == {
        alone: "P3",
        joined: "P2",
        kept: "P1",
    }
    names = " ".join(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    for secret in ("Müller", "Zoë", "wrong chart"):  # in the records, and nowhere that others look
        assert secret not in names + caplog.text + str(refused.value) + repr(first.shots)
