from __future__ import annotations

from pathlib import Path

import pytest

from tools.benchmarks.__main__ import BUDGETS, arguments, exit_code, measure
from tools.benchmarks.measuring import Plan
from tools.benchmarks.startup import imported
from tools.benchmarks.table import Row, at_least, peer_missing

MET = Row("P1", "x", ratio=2.0, limit=at_least(1))
MISSED = Row("P1", "x", ratio=0.5, limit=at_least(1))


def test_all_budgets_are_measured_over_eleven_rounds_unless_told_otherwise():
    wanted = arguments([])
    assert (wanted.only, wanted.rounds) == (list(BUDGETS), 11)
    assert arguments(["--quick"]).rounds == 3
    assert arguments(["--quick", "--rounds", "5", "--only", "p8,P1", "--seed", "0"]).__dict__.items() >= {
        ("rounds", 5),
        ("seed", 0),
    }
    assert arguments(["--only", "p8,P1"]).only == ["P8", "P1"]


@pytest.mark.parametrize("words", [["--only", "P99"], ["--only", ""], ["--rounds", "0"], ["--rounds", "x"]])
def test_what_cannot_be_measured_is_refused(words, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments(words)
    assert ended.value.code == 2
    assert "P1, P2" in capsys.readouterr().err or words[0] == "--rounds"


def test_help_has_examples(capsys):
    with pytest.raises(SystemExit) as ended:
        arguments(["--help"])
    assert ended.value.code == 0
    assert "python -m tools.benchmarks --quick" in capsys.readouterr().out


def test_a_missed_budget_fails_only_when_strict():
    assert exit_code([MET, MISSED], strict=False) == 0
    assert exit_code([MET, MISSED], strict=True) == 1
    assert exit_code([MET, peer_missing("P4", "x", "", "mpremote")], strict=True) == 0
    assert exit_code([MET, Row("P4", "x")], strict=False) == 2


def test_what_cannot_be_measured_is_a_row_that_says_why(monkeypatch, tmp_path):
    monkeypatch.setitem(BUDGETS, "P1", ("no_such_module",))
    (row,) = measure("P1", Plan(1, 1, Path(tmp_path)))
    assert row.verdict == "not measured"
    assert "no_such_module" in row.note


def test_imports_are_read_from_what_importtime_prints():
    said = (
        "import time: self [us] | cumulative | imported package\nimport time: 9 | 12 |   numpy.core.multi\n"
    )
    assert imported(said + "import time:       196 |        196 | usb\nnot | ours") >= {"numpy", "usb"}
