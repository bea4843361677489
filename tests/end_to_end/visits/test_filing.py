"""Every photo has its record, and is the patient's who was armed when the button went down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import oralcam
from oralcam import Camera
from oralcam import jpeg as photos
from oralcam.emulator import Emulator
from oralcam.errors import (
    InvalidSite,
    RecordError,
    VisitEnded,
)
from oralcam.record import PatientContext, Procedure, ToothSystem
from oralcam.record.store import RecordStore
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from oralcam.visits.visit import Visit
from tests.end_to_end.visits.waiting import DEADLINE_S, let_a_moment_pass, until
from tests.unit.record.strategies import patient


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
    let_a_moment_pass()
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
