"""`--help` loads no more than a bare program with argparse, and nothing heavy (P6, without a clock)."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam.cli.command_table import COMMANDS
from tests.loaded_modules import BASELINE, COMMAND, heavy, modules_of

OWN = 20  # modules of ours that `list` may load on top: about 0.1 ms each


@pytest.fixture(scope="module")
def baseline() -> set[str]:
    return modules_of(BASELINE)


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids="-".join)
def test_help_loads_no_more_than_a_bare_program(words: list[str], baseline: set[str]) -> None:
    loaded = modules_of(COMMAND, *words, "--help")
    assert heavy(loaded) == set()
    assert len(loaded) <= len(baseline)
    if words != ["light"]:  # its presets stand beside the light's dataclasses
        assert "dataclasses" not in loaded


def test_list_loads_what_finds_ports_and_little_more(
    baseline: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path))
    loaded = modules_of("import sys; from oralcam.discovery.cameras import list_cameras; list_cameras()")
    assert heavy(loaded) == set()
    assert len(loaded - baseline) <= OWN
