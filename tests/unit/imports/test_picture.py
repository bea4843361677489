"""The picture in docs/architecture.md is what the import rules say."""

from __future__ import annotations

import doctest
import re
from html import escape
from pathlib import Path

import pytest

from tools.docs_site import navigation
from tools.imports import floors as floors_module
from tools.imports.floors import read_rules, root_packages
from tools.imports.picture import ABOUT, PICTURE, REPOSITORY, draw, main

RULES = read_rules(REPOSITORY / "pyproject.toml")


def test_it_is_up_to_date() -> None:
    assert PICTURE.read_text("utf-8") == draw(RULES), "run python -m tools.imports.picture"


def test_every_package_is_in_it_and_in_the_list_of_folders() -> None:
    page = (REPOSITORY / "docs/architecture.md").read_text("utf-8")
    folders = page.split("## Folders")[1].split("```")[1]
    for package in root_packages(REPOSITORY / "pyproject.toml"):
        if package not in ("rig_app", "rig_boards"):  # the bench's, within hil_tests
            assert escape(ABOUT[package][0]) in PICTURE.read_text("utf-8"), package
            assert f"{package}/" in folders, package
    inside = [each.parent.name for each in (REPOSITORY / "firmware/camera_app").glob("*/__init__.py")]
    assert [name for name in inside if f"camera_app/{name}/" not in folders] == []


@pytest.mark.parametrize("package", ["oralcam", "tools", "hil_tests"])
def test_every_name_of_a_floor_is_in_it_once(package: str) -> None:
    names = re.findall(r">([^<>]+)</text>", draw(RULES))
    for floor in RULES.floors[package]:
        for name in floor:
            assert names.count(name) >= 1, name


def test_sides_are_as_the_rules_forbid() -> None:
    assert {"oralcam.camera", "oralcam.link", "oralcam.spool"} <= RULES.camera
    assert {"oralcam.record", "oralcam.dicom", "oralcam.sinks", "oralcam.outbox"} <= RULES.patients
    assert RULES.both == {"oralcam.visits"}
    assert not RULES.camera & RULES.patients


def test_a_picture_of_other_rules_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "floors.svg"
    old.write_text(draw(RULES).replace("spool", "pool"), "utf-8")
    monkeypatch.setattr("tools.imports.picture.PICTURE", old)
    assert main(["--check"]) == 1
    assert "is not up to date" in capsys.readouterr().err
    assert main([]) == 0
    assert main(["--check"]) == 0


@pytest.mark.parametrize("module", [floors_module, navigation])
def test_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
