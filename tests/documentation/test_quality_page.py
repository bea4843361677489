"""docs/quality.md is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oralcam.quality import Profile
from oralcam.quality.profile import FIGURES, Limits

PAGE = (Path(__file__).resolve().parents[2] / "docs/quality.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def in_words(limits: Limits) -> str:
    sides = (("below", limits.warn_below), ("above", limits.warn_above))
    return ", ".join(f"{side} {value:g}" for side, value in sides if value is not None)


def test_its_code_runs_and_warns_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path))
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(code, "docs/quality.md", "exec"), names)
    said = capsys.readouterr().out
    assert said.startswith("warn\n")
    assert "raise the posterior light." in said
    assert isinstance(names["best"], names["oralcam"].Photo)  # type: ignore[attr-defined]


def test_its_table_lists_every_figure_with_the_limits_of_the_package() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE)
    assert [name for name, _ in rows] == list(FIGURES)
    general = Profile.load("general").limits
    assert dict(rows) == {name: in_words(general[name]) for name in FIGURES}


def test_its_profile_can_be_loaded() -> None:
    (text,) = blocks("json")
    profile = Profile.from_json(text)
    assert profile.label == "our clinic 1"
    assert profile.limits["sharpness"] == Limits(fail_below=25, warn_below=50)


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)h][^)]*)\)", PAGE):
        assert (Path(__file__).resolve().parents[2] / "docs" / target).exists(), target
