"""A tree that is not ready is not released, and every reason is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.release import main, troubles


def tree(folder: Path, *, version: str = "0.2.0", day: str = "2026-12-01", host: str = "code.dental") -> Path:
    for name in ("host_sdk/oralcam", "tests/recordings/0.2.0"):
        (folder / name).mkdir(parents=True)
    (folder / "host_sdk/oralcam/version.py").write_text(f'__version__ = "{version}"\n')
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## 0.2.0 ({day})\n")
    (folder / "pyproject.toml").write_text(f'[project.urls]\nSource = "https://{host}/oralcam"\n')
    return folder


def test_a_ready_tree_is_ready(tmp_path: Path) -> None:
    assert list(troubles(tree(tmp_path), "v0.2.0")) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"version": "0.1.0"}, "one of them is wrong"),
        ({"day": "unreleased"}, "where the day of v0.2.0 should stand"),
        ({"host": "oralcam.example"}, "is a placeholder"),
    ],
)
def test_each_thing_in_the_way_is_said(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    (sentence,) = troubles(tree(tmp_path, **wrong), "v0.2.0")
    assert said in sentence


def test_a_tag_that_nothing_was_prepared_for_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["v99.0.0"]) == 1
    said = capsys.readouterr().err
    assert "no heading for v99.0.0" in said
    assert "no recordings of v99.0.0" in said
