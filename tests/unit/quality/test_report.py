"""The report: JSON with all of it, sentences for a person, and which photo is the sharpest."""

from __future__ import annotations

import ast
import dataclasses
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import oralcam.quality
from oralcam.errors import InvalidSetting, JpegError
from oralcam.quality import quality_of, sharpest
from oralcam.quality.advice import SENTENCES, advice
from oralcam.quality.profile import FIGURES
from tests.unit.quality.mouth import mouth

CLINICAL = re.compile(r"caries|lesion|decay|disease|plaque|inflam|healthy|diagnos|patholog", re.IGNORECASE)


@dataclass(frozen=True)
class Shot:
    """As much of a photo as `sharpest` wants."""

    jpeg: bytes


def test_json_says_what_the_report_says() -> None:
    report = quality_of(mouth(blur_px=6.0))
    told = json.loads(report.to_json())
    assert told["verdict"] == "warn"
    assert (told["width"], told["height"]) == (1280, 720)
    assert told["profile"] == {"name": "general", "version": 1}
    assert [finding["figure"] for finding in told["findings"]] == list(FIGURES)
    assert {each["figure"]: each["value"] for each in told["findings"]} == report.figures.numbers()
    assert told["details"]["motion"] == {
        "amount": report.figures.motion.amount,
        "direction": report.figures.motion.direction,
    }
    assert len(told["details"]["uniformity"]["blocks"]) == 3


@pytest.mark.parametrize("missing", ["numpy", "PIL"])
def test_without_the_extra_it_is_said_what_to_install(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from oralcam.quality import quality_of"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (
        'MissingExtra: The quality of a photo needs numpy and Pillow: pip install "oralcam[image]".'
        in done.stderr
    )


def test_a_report_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        quality_of(mouth()).width = 1  # type: ignore[misc]


def test_the_same_photo_gives_the_same_report() -> None:
    assert quality_of(mouth()).to_json() == quality_of(mouth()).to_json()


def test_every_sentence_says_what_to_do_and_speaks_of_the_picture_only() -> None:
    figures = quality_of(mouth()).figures
    for figure, side in [*SENTENCES, ("noise", "above")]:
        sentence = advice(figure, side, figures)
        assert re.match(r"[A-Z].*: .*\.$", sentence), sentence
        assert not CLINICAL.search(sentence)


def test_nothing_that_quality_says_is_about_the_tooth() -> None:
    folder = Path(oralcam.quality.__file__).parent
    for path in folder.rglob("*.py"):
        texts = [
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant)
        ]
        assert not [text for text in texts if isinstance(text, str) and CLINICAL.search(text)], path.name


def test_the_sharpest_of_several_is_found_however_little_they_differ() -> None:
    shots = [Shot(mouth(blur_px=blur)) for blur in (2.0, 0.5, 1.0, 4.0)]
    assert sharpest(shots) is shots[1]
    assert sharpest([shot.jpeg for shot in shots]) is shots[1].jpeg


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_noise_does_not_make_a_photo_the_sharpest(size: tuple[int, int]) -> None:
    noisy, sharp = mouth(size, blur_px=1.5, noise=4.0), mouth(size)
    assert sharpest([noisy, sharp]) is sharp


def test_the_first_of_equals_is_taken_and_none_refused() -> None:
    shots = [Shot(mouth()), Shot(mouth())]
    assert sharpest(shots) is shots[0]
    with pytest.raises(InvalidSetting, match="no photo"):
        sharpest([])
    with pytest.raises(JpegError):
        sharpest([b"no photo"])
