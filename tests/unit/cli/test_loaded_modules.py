"""`--help` and `list` load no more than a bare program with argparse, and nothing heavy (P6, no clock)."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam.cli.command_table import COMMANDS
from tests.loaded_modules import BASELINE, COMMAND, heavy, modules_of

HELP = 24  # modules of ours on top of a bare program's, which has as many that `--help` does without
LIST = 27


@pytest.fixture(scope="module")
def baseline() -> set[str]:
    return modules_of(BASELINE)


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids="-".join)
def test_help_loads_less_than_a_bare_program(words: list[str], baseline: set[str]) -> None:
    loaded = modules_of(COMMAND, *words, "--help")
    assert heavy(loaded) == set()
    assert not loaded & {"dataclasses", "inspect", "typing", "pathlib", "threading", "textwrap", "serial"}
    assert len(loaded - baseline) <= HELP


def test_list_loads_what_finds_ports_and_little_more(
    baseline: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path))
    loaded = modules_of(COMMAND, "list", code=(0, 3))  # 3: no camera is connected here
    assert heavy(loaded) == set()
    assert not loaded & {"dataclasses", "inspect", "typing", "pathlib"}
    assert len(loaded - baseline) <= LIST
