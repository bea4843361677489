"""`oralcam trace print`: what a person reads, and what a program does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oralcam.cli.main import main

RECORDING = Path(__file__).resolve().parents[2] / "recordings" / "0.1.0" / "presses.trace"


def test_print_shows_who_recorded_it_and_what_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "print", str(RECORDING)]) == 0
    first, legend, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("recorded by oralcam 0.1.0, ")
    assert legend.startswith("time s")
    assert sum(" type=PRESS " in line for line in lines) == 2
    assert sum(" DATA " in line for line in lines) == 3


def test_print_as_json_is_json_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "print", "--json", "--data", str(RECORDING)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sum(line.get("kind") == "DATA" for line in lines) == 9
    assert "statistics" in lines[-1]


def test_a_file_that_is_no_trace_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert main(["trace", "print", str(tmp_path / "photo.jpg")]) == 2
    assert "is not a trace: record one with" in capsys.readouterr().err
