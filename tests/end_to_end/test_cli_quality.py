"""`oralcam quality`: what it says, what it ends with, and `photo.quality()` behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import oralcam
from oralcam.cli.main import main
from oralcam.emulator import Emulator
from oralcam.emulator.scene import ZONES, Exposure, MouthScene

SIZE = (640, 480)


def photo_file(path: Path, blur_px: float = 0.0) -> Path:
    exposure = Exposure(dict.fromkeys(ZONES, 12.0), exposure_us=10_000, gain=1.0)
    path.write_bytes(MouthScene(SIZE, blur_px=blur_px).expose(exposure).jpeg)
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return photo_file(tmp_path / "good.jpg")


@pytest.fixture
def blurred(tmp_path: Path) -> Path:
    return photo_file(tmp_path / "blurred.jpg", blur_px=4.0)


def run(*words: str | Path) -> int:
    return main(["quality", *map(str, words)])


def test_a_good_photo_ends_with_0_and_shows_its_figures(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(good) == 0
    said = capsys.readouterr().out
    assert f"{good}: ok (640 x 480, profile general 1)" in said
    assert "sharpness" in said
    assert "warn" not in said


def test_a_warning_ends_with_1_and_says_what_to_do(
    good: Path, blurred: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(good, blurred) == 1
    assert "take it again." in capsys.readouterr().out


def test_json_is_one_line_a_photo(good: Path, blurred: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(good, blurred, "--json") == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(each["path"], each["verdict"]) for each in told] == [(str(good), "ok"), (str(blurred), "warn")]


def test_what_cannot_be_judged_is_the_error_and_the_rest_is_judged(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cut.jpg").write_bytes(good.read_bytes()[:5000])
    assert run(tmp_path / "missing.jpg", tmp_path / "cut.jpg", good) == oralcam.errors.DamagedJpeg.exit_code
    said = capsys.readouterr()
    assert f"{good}: ok" in said.out
    assert "missing.jpg: The file cannot be read" in said.err
    assert "cut.jpg: The photo cannot be decoded" in said.err
    assert run(tmp_path / "missing.jpg") == 2


def test_an_unknown_profile_is_refused_before_anything_is_judged(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(good, "--profile", "nobody") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "anterior, general" in said.err


def test_a_profile_of_ones_own_decides(tmp_path: Path, good: Path) -> None:
    profile = tmp_path / "clinic.json"
    limits = {"sharpness": {"warn_below": 1000}}
    profile.write_text(
        json.dumps({"schema_version": 1, "name": "clinic", "version": 1, "about": "a test", "limits": limits})
    )
    assert run(good, "--profile", profile) == 1


def test_a_photo_tells_its_quality() -> None:
    with Emulator(scene=MouthScene(SIZE)) as emulator, oralcam.Camera.open(emulator.port) as camera:
        camera.lighting.preset("posterior", steady=False)
        lit = camera.capture().quality()
        camera.lighting.preset("anterior", steady=False)
        dark = camera.capture()
    assert lit.verdict == "ok"
    assert any("raise the posterior light" in sentence for sentence in dark.quality().warnings)
    assert dark.quality("anterior").profile.name == "anterior"
