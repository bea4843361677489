"""Each photo of a visit says how good its picture is, and nobody waits for that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from oralcam import quality
from oralcam.emulator import Emulator
from oralcam.errors import (
    UnsupportedJpeg,
)
from oralcam.quality import quality_of
from oralcam.record import Verdict
from oralcam.record.store import RecordStore
from oralcam.visits.visit import Visit
from tests.end_to_end.visits.waiting import DEADLINE_S, until


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

    monkeypatch.setattr(Visit, "_judge", slowly)
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
    begin: Callable[..., Visit], emulator: Emulator, mocker: MockerFixture
) -> None:
    mocker.patch.object(quality, "quality_of", side_effect=UnsupportedJpeg("The photo's colours are CMYK."))
    with begin() as visit:
        emulator.bench.press()
        until(lambda: visit.shots)
    (shot,) = visit.shots
    assert shot.quality is not None
    assert shot.quality.verdict is Verdict.NOT_MEASURED
    assert shot.quality.why_not == "The photo's colours are CMYK."
