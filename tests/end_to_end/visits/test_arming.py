"""A patient who is armed again, with barrier and consent, is still in one visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import (
    VisitEnded,
)
from oralcam.visits.visit import Visit
from tests.end_to_end.visits.waiting import let_a_moment_pass, until


def test_armed_again_it_stays_one_visit_of_one_begin(begin: Callable[..., Visit], emulator: Emulator) -> None:
    with begin(1) as visit:
        emulator.bench.press()
        until(lambda: len(visit.shots) == 1)
        begin(2).end()  # a look at somebody else
        let_a_moment_pass()
        visit.arm_again(timedelta(hours=1))
        let_a_moment_pass()
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
        let_a_moment_pass()
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
