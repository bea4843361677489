"""What a rendered mouth cannot show: real JPEGs are inspected, tagged, judged, and a scene."""

from __future__ import annotations

import io
import math
from datetime import datetime, timezone
from pathlib import Path

import pytest
from PIL import Image

from oralcam import jpeg
from oralcam.emulator import Emulator
from oralcam.jpeg import PhotoMetadata
from oralcam.quality import quality_of


def test_it_is_tagged_and_stripped_without_touching_a_pixel(photograph: Path) -> None:
    original = photograph.read_bytes()
    facts = jpeg.inspect(original)
    assert facts.damage == ()
    said = PhotoMetadata(family_name="Müller", taken_at=datetime(2026, 3, 4, tzinfo=timezone.utc))
    tagged = jpeg.tag(original, said)
    assert jpeg.read(tagged).family_name == "Müller"
    with Image.open(io.BytesIO(original)) as before, Image.open(io.BytesIO(tagged)) as after:
        assert before.tobytes() == after.tobytes()
    assert jpeg.strip(tagged) == jpeg.strip(original)


def test_its_figures_are_numbers_and_a_blurred_copy_is_less_sharp(photograph: Path) -> None:
    from PIL import ImageFilter

    report = quality_of(photograph.read_bytes())
    sharp = report.figures.sharpness
    assert sharp is not None
    assert math.isfinite(sharp)
    with Image.open(photograph) as image:
        blurred = image.convert("RGB").filter(ImageFilter.GaussianBlur(max(image.size) / 200))
    copy = io.BytesIO()
    blurred.save(copy, "JPEG", quality=95)
    soft = quality_of(copy.getvalue()).figures.sharpness
    assert soft is not None
    assert soft < sharp


def test_it_is_a_scene_for_the_emulated_sensor(photograph: Path, tmp_path: Path) -> None:
    import oralcam

    with Emulator(scene=photograph) as emulator, oralcam.Camera.open(emulator, spool=tmp_path) as camera:
        camera.lighting.preset("even")
        photo = camera.capture()
        jpeg.require_sound(photo.jpeg)


def test_without_a_folder_it_is_listed_as_not_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ORALCAM_PHOTOS", raising=False)
    result = run_one(pytester)
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*not run: needs real photographs*", "*test_one*"])


def test_with_a_folder_there_is_one_run_a_photograph(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.jpg", "b.JPEG", "c.txt"):
        (pytester.path / name).touch()
    monkeypatch.setenv("ORALCAM_PHOTOS", str(pytester.path))
    run_one(pytester).assert_outcomes(passed=2)


def test_a_folder_without_photographs_is_refused(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORALCAM_PHOTOS", str(pytester.path))
    result = run_one(pytester)
    assert result.ret != 0
    assert "no JPEGs" in result.stdout.str() + result.stderr.str()


def run_one(pytester: pytest.Pytester) -> pytest.RunResult:
    pytester.makepyfile("def test_one(photograph):\n    assert photograph.exists()")
    plugin = Path(__file__).resolve().parents[2] / "photographs.py"
    pytester.makepyfile(photographs=plugin.read_text("utf-8"))
    return pytester.runpytest_subprocess("-p", "photographs", "-p", "no:hypothesispytest", "-rs")
