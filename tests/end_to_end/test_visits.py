"""A patient in the chair: every press goes to whoever was armed when the button went down, or to nobody."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

import oralcam
from oralcam import Camera, quality
from oralcam import jpeg as photos
from oralcam.dicom.photo import photographic_image
from oralcam.emulator import Emulator
from oralcam.errors import (
    InvalidRecord,
    InvalidSite,
    RecordError,
    RecordNotFound,
    UnsupportedJpeg,
    VisitEnded,
)
from oralcam.outbox.background import close_all
from oralcam.outbox.delivery import State
from oralcam.quality import quality_of
from oralcam.record import PatientContext, Procedure, ToothSystem, Verdict, make_record
from oralcam.record.assignment.doubt import Doubt
from oralcam.record.store import RecordStore
from oralcam.record.templates import FULL_MOUTH, ORTHODONTIC
from oralcam.record.timestamps import now
from oralcam.sinks.folder import FolderSink
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from oralcam.visits.from_camera import taken_photo
from oralcam.visits.visit import Visit
from tests.unit.jpeg.pictures import chroma
from tests.unit.record.strategies import patient

DEADLINE_S = 60.0
SURE_S = 0.15  # longer than `arming.TOLERANCE_S`; a hand takes longer from the screen to the camera


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    (tmp_path / "mouth.jpg").write_bytes(chroma("4:2:2", size=(640, 480)))
    with Emulator(store="flash", replay=tmp_path / "mouth.jpg") as running:
        yield running


@pytest.fixture
def camera(emulator: Emulator, tmp_path: Path) -> Iterator[Camera]:
    with Camera.open(emulator, spool=tmp_path / "spool") as opened:
        yield opened
    close_all()


@pytest.fixture
def begin(camera: Camera, tmp_path: Path) -> Callable[..., Visit]:
    def begun(number: int = 1, **options: object) -> Visit:
        options = {"sinks": (), "home": tmp_path / "home", **options}
        armed = patient(number).armed_again(now())
        visit = oralcam.visit(camera, armed, **options)  # type: ignore[arg-type]
        _let_a_moment_pass()
        return visit

    return begun


def _let_a_moment_pass() -> None:
    """Between arming and pressing: closer together, nobody could tell their order."""
    time.sleep(SURE_S)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_capture_has_its_record_at_once(begin: Callable[..., Visit], tmp_path: Path) -> None:
    with begin(operator="Dr. A", tooth_system=ToothSystem.ISO_3950) as visit:
        shot = visit.capture("26", "Cracked cusp", procedure=Procedure("D2740"))
    kept = RecordStore(tmp_path / "home" / "records").read(shot.record.record_id)
    assert kept == shot.record
    assert kept.patient == visit.patient
    assert kept.site is not None
    assert kept.site.label.startswith("26 (ISO 3950)")
    assert (kept.reason, kept.operator, kept.press_number) == ("Cracked cusp", "Dr. A", None)
    assert kept.taken_at.utcoffset() is not None
    assert kept.light.zones["anterior"].level >= 0
    assert photos.inspect(shot.jpeg).width == kept.width
    assert contents_of(Spool(tmp_path / "spool")).photos == ()


def test_presses_are_filed_as_they_come_and_described_later(
    begin: Callable[..., Visit], emulator: Emulator
) -> None:
    with begin() as visit:
        emulator.bench.press(3)
        shots = [shot for _, shot in zip(range(3), visit.presses(timeout=DEADLINE_S), strict=False)]
        assert [shot.record.press_number for shot in shots] == [1, 2, 3]
        assert len({shot.record.study_uid for shot in shots}) == 1
        shots[1].describe(site="Universal 14", reason="Before the crown")
    before, after = visit.shots[0].record, visit.shots[1].record
    assert (before.site, before.reason) == (None, "")
    assert after.reason == "Before the crown"
    assert [change.what.value for change in after.history] == ["site", "reason"]


def test_a_bare_number_is_refused_before_the_photo_is_taken(
    begin: Callable[..., Visit], emulator: Emulator
) -> None:
    with begin() as visit, pytest.raises(InvalidSite, match=r"Universal.*ISO 3950"):
        visit.capture("14", "Cracked cusp")
    assert emulator.bench.exposures == 0


def test_a_photo_that_arrives_late_is_the_patients_of_the_press(
    begin: Callable[..., Visit], camera: Camera, emulator: Emulator, tmp_path: Path
) -> None:
    camera.settings.apply(exposure_us=100_000)  # the last are exposed after the next patient is armed
    first = begin(1)
    emulator.bench.press(7)
    _let_a_moment_pass()
    second = begin(2)  # arming another patient is enough: nobody has to end the first visit
    until(lambda: len(first.shots) == 7)
    assert [shot.record.patient for shot in first.shots] == [first.patient] * 7
    last = first.shots[-1].record
    assert last.taken_at > second.patient.armed_at
    first.end()
    second.end()
    assert second.shots == ()
    assert second.quarantined == ()


def test_two_patients_of_one_name_stay_two(begin: Callable[..., Visit], emulator: Emulator) -> None:
    visits = []
    for number in (1, 2):
        with begin(number) as visit:
            emulator.bench.press()
            until(lambda visit=visit: visit.shots)  # type: ignore[misc]
            visits.append(visit)
    (one,), (other,) = visits[0].shots, visits[1].shots
    assert one.record.patient.family_name == other.record.patient.family_name
    assert one.record.patient.patient_id != other.record.patient.patient_id
    assert one.record.study_uid != other.record.study_uid


def test_a_press_with_nobody_armed_waits_for_a_person(
    begin: Callable[..., Visit], emulator: Emulator
) -> None:
    with begin(1) as first:
        pass
    _let_a_moment_pass()
    emulator.bench.press()
    _let_a_moment_pass()
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
        _let_a_moment_pass()
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
        _let_a_moment_pass()
        left = camera.capture()
    assert left.press_number is None
    with (
        Camera.open(emulator, spool=tmp_path / "spool") as camera,
        oralcam.visit(camera, patient(2).armed_again(now()), sinks=(), home=tmp_path) as visit,
    ):
        (waiting,) = visit._router.quarantined
    assert waiting.doubt is Doubt.BEFORE_RECONNECT
    assert [one.patient_id for one in waiting.candidates] == ["P1"]


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
        _let_a_moment_pass()
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


def test_a_photo_says_how_good_its_picture_is_by_the_profile_of_its_visit(
    begin: Callable[..., Visit], emulator: Emulator, tmp_path: Path
) -> None:
    with begin(profile="anterior") as visit:
        captured = visit.capture("Universal 8", "Chipped edge")
        emulator.bench.press()
        until(lambda: len(visit.shots) == 2)
    expected = quality_of(captured.jpeg, "anterior")
    for shot in visit.shots:
        assert shot.quality is not None
        assert (shot.quality.verdict.value, shot.quality.profile) == (expected.verdict, "anterior")
        assert shot.quality.warnings == expected.warnings
        assert shot.quality.figures == expected.figures.numbers()
        kept = RecordStore(tmp_path / "home" / "records").read(shot.record.record_id)
        assert kept.quality == shot.quality


def test_while_a_picture_is_judged_nobody_waits_for_the_chair(
    begin: Callable[..., Visit], emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging, go_on = threading.Event(), threading.Event()

    def slowly(self: Visit, jpeg: bytes) -> None:
        judging.set()
        assert go_on.wait(DEADLINE_S)

    monkeypatch.setattr(Visit, "judge", slowly)
    first = begin(1)
    emulator.bench.press()
    assert judging.wait(DEADLINE_S)
    try:
        with ThreadPoolExecutor(1) as others:  # a lock is its thread's own
            assert others.submit(lambda: (first.shots, first.quarantined)).result(5) == ((), ())
            second = others.submit(begin, 2).result(5)
    finally:
        go_on.set()
    until(lambda: first.shots)
    first.end()
    second.end()
    assert [shot.record.patient.patient_id for shot in first.shots] == ["P1"]


def test_a_photo_that_cannot_be_judged_is_filed_all_the_same(
    begin: Callable[..., Visit], emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise UnsupportedJpeg("The photo's colours are CMYK.")

    monkeypatch.setattr(quality, "quality_of", refuses)
    with begin() as visit:
        emulator.bench.press()
        until(lambda: visit.shots)
    (shot,) = visit.shots
    assert shot.quality is not None
    assert shot.quality.verdict is Verdict.NOT_MEASURED
    assert shot.quality.why_not == "The photo's colours are CMYK."


def test_armed_again_it_stays_one_visit_of_one_begin(begin: Callable[..., Visit], emulator: Emulator) -> None:
    with begin(1) as visit:
        emulator.bench.press()
        until(lambda: len(visit.shots) == 1)
        begin(2).end()  # a look at somebody else
        _let_a_moment_pass()
        visit.arm_again(timedelta(hours=1))
        _let_a_moment_pass()
        emulator.bench.press()
        until(lambda: len(visit.shots) == 2)
    first, second = (shot.record for shot in visit.shots)
    assert first.patient.armed_at < second.patient.armed_at
    assert first.visit_started_at == second.visit_started_at == visit.ids.started_at
    assert first.study_uid == second.study_uid
    with pytest.raises(VisitEnded):
        visit.arm_again()


def test_a_press_from_before_the_patient_was_armed_again_is_of_the_visit_too(
    begin: Callable[..., Visit], camera: Camera, emulator: Emulator
) -> None:
    camera.settings.apply(exposure_us=100_000)  # the last are exposed after that
    with begin(1) as visit:
        before = visit.patient
        emulator.bench.press(5)
        _let_a_moment_pass()
        visit.arm_again()
        until(lambda: len(visit.shots) == 5)
    assert visit.shots[0].record.patient == before
    assert all(shot.record.patient.is_same_patient(before) for shot in visit.shots)
    assert not visit.quarantined


def test_barrier_and_consent_are_kept_with_the_patient(begin: Callable[..., Visit]) -> None:
    with begin(barrier_changed=True, consent="written") as visit:
        shot = visit.capture("Universal 14", "Cracked cusp")
    assert (shot.record.patient.barrier_changed, shot.record.patient.consent) == (True, "written")
    with begin(2) as visit:
        shot = visit.capture("Universal 14", "Cracked cusp")
    assert (shot.record.patient.barrier_changed, shot.record.patient.consent) == (None, "")


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


def test_a_visit_that_is_over_takes_no_photos(begin: Callable[..., Visit]) -> None:
    with begin() as visit:
        pass
    with pytest.raises(VisitEnded):
        visit.capture("Universal 14", "Cracked cusp")


def test_one_camera_has_one_store(begin: Callable[..., Visit], camera: Camera, tmp_path: Path) -> None:
    with begin(), pytest.raises(RecordError, match="another store"):
        oralcam.visit(camera, patient(2), sinks=(), home=tmp_path / "elsewhere")


def test_nothing_of_a_patient_is_in_a_name_of_a_file_or_in_what_is_printed(
    begin: Callable[..., Visit], tmp_path: Path
) -> None:
    with begin() as visit:
        shot = visit.capture("Universal 14", "Cracked cusp")
    names = " ".join(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    for secret in ("Müller", "Zoë", "P1 ", "1990"):
        assert secret not in names
        assert secret not in repr(visit) + repr(shot) + repr(shot.record)
    assert isinstance(visit.patient, PatientContext)
