"""How good a picture is, is measured as it is filed; no photo stays outside because it cannot be judged."""

from __future__ import annotations

import sys

import pytest
from pytest_mock import MockerFixture

from oralcam import quality
from oralcam.errors import DamagedJpeg, InvalidProfile, MissingExtra
from oralcam.quality import Profile, quality_of
from oralcam.record import Verdict
from oralcam.visits.quality_check import judge, profile_of, warm_up
from tests.unit.jpeg.pictures import chroma

DARK = chroma("4:2:2", size=(320, 240))


def test_verdict_figures_and_sentences_are_those_of_the_report() -> None:
    report = quality_of(DARK)
    judged = judge(DARK)
    assert judged is not None
    assert judged.verdict is Verdict(report.verdict)
    assert judged.warnings == report.warnings
    assert judged.figures == report.figures.numbers()
    assert (judged.profile, judged.profile_version) == ("general", report.profile.version)
    anterior = judge(DARK, Profile.load("anterior"))
    assert anterior is not None
    assert anterior.profile == "anterior"


@pytest.mark.parametrize(
    "jpeg", [b"", b"\xff\xd8 no picture \xff\xd9", DARK[:400], chroma("4:2:0", size=(32, 32))]
)
def test_a_photo_that_cannot_be_judged_says_why(jpeg: bytes) -> None:
    judged = judge(jpeg)
    assert judged is not None
    assert (judged.verdict, judged.figures) == (Verdict.NOT_MEASURED, {})
    assert judged.why_not.endswith(".")


def test_a_decoders_words_are_made_fit_for_a_record(mocker: MockerFixture) -> None:
    said = DamagedJpeg("It is cut\x00\nshort" + "." * 2000)
    mocker.patch.object(quality, "quality_of", side_effect=said)
    judged = judge(DARK)
    assert judged is not None
    assert judged.why_not.startswith("It is cutshort.")


def test_a_fault_of_ours_keeps_no_photo_out_and_is_told(
    mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    mocker.patch.object(quality, "quality_of", side_effect=ZeroDivisionError("x"))
    judged = judge(DARK)
    assert judged is not None
    assert judged.why_not == "The photo could not be judged (ZeroDivisionError)."
    assert "could not be judged" in caplog.text


def test_without_numpy_nothing_is_measured_and_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(vars(quality), "quality_of", raising=False)  # it is looked up anew
    for module in list(sys.modules):
        if module.startswith("oralcam.quality."):
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "numpy", None)
    warm_up()
    assert judge(DARK) is None
    assert profile_of(None) is None
    with pytest.raises(MissingExtra):
        profile_of("anterior")  # somebody counts on it


def test_a_profile_that_is_none_is_refused_at_the_door() -> None:
    with pytest.raises(InvalidProfile):
        profile_of("nonsense")
