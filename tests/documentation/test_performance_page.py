"""docs/performance.md lists what tools/benchmarks measures."""

from __future__ import annotations

import re
from pathlib import Path

from tools.benchmarks.__main__ import BUDGETS, arguments

PAGE = (Path(__file__).resolve().parents[2] / "docs/performance.md").read_text("utf-8")
TABLE = PAGE.split("<!-- budgets")[1].split("<!-- end -->")[0]


def test_every_budget_is_there_with_a_date() -> None:
    rows = re.findall(r"^\| (P\d+) \|.+\| ([^|]+) \|$", TABLE, re.MULTILINE)
    assert sorted(number for number, _ in rows) == sorted(BUDGETS)
    for number, last in rows:
        assert re.search(r"\d.*\(20\d\d-\d\d-\d\d\)", last), number


def test_its_commands_are_understood() -> None:
    lines = re.findall(r"python -m tools\.benchmarks([^#\n]*)", PAGE)
    assert lines
    for line in lines:
        assert set(arguments(line.split()).only) <= set(BUDGETS)
