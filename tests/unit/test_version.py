"""SDK, distribution and firmware are of one version, which is written down once."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import oralcam
from camera_app.version import VERSION
from rig_app import application as rig_application

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def test_sdk_and_firmware_and_distribution_agree() -> None:
    said = {"firmware": VERSION, "rig": vars(rig_application)["VERSION"], "distribution": version("oralcam")}
    assert said == dict.fromkeys(said, oralcam.__version__), (
        "run `python -m tools.generate`, `pip install -e .`"
    )


def test_the_distribution_has_no_version_of_its_own() -> None:
    project = PROJECT.read_text("utf-8")
    assert re.findall(r"^version\b.*$", project, re.MULTILINE) == []
    assert re.search(r'^dynamic = \[.*"version".*\]', project, re.MULTILINE)
    assert '[tool.hatch.version]\npath = "host_sdk/oralcam/version.py"\n' in project
