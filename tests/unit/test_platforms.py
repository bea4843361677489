"""What is left out of the type checks of another system is there, and says why it cannot run on that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.platforms import NOT_THERE, configuration, unit_tests_not_there

REPOSITORY = Path(__file__).resolve().parents[2]
ROOTS = [REPOSITORY, REPOSITORY / "hil_tests/rig/firmware"]


@pytest.mark.parametrize("name", sorted({name for names in NOT_THERE.values() for name in names}))
def test_every_entry_is_a_file_or_a_folder(name: str) -> None:
    path = name.removesuffix(".*").replace(".", "/")
    assert any((root / (path if name.endswith(".*") else f"{path}.py")).exists() for root in ROOTS)


def test_nothing_that_users_run_is_left_out() -> None:
    assert not [name for names in NOT_THERE.values() for name in names if name.startswith("oralcam")]
    assert all(reason for names in NOT_THERE.values() for reason in names.values())


def test_the_same_unit_tests_are_not_collected_there() -> None:
    assert "link/ports/test_serial_port.py" in unit_tests_not_there("win32")
    assert "testbeds/*" in unit_tests_not_there("win32")
    assert unit_tests_not_there("linux") == unit_tests_not_there("darwin") == []


def test_mypy_is_told_of_the_repositorys_settings_and_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert "strict = true" in configuration("win32")
    assert '"tests.faults.*"' in configuration("win32").rpartition("[[tool.mypy.overrides]]")[2]
    assert configuration("darwin") == (REPOSITORY / "pyproject.toml").read_text("utf-8")
