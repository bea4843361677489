"""docs/performance.md lists what tools/benchmarks measures."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tools.benchmarks.__main__ import BUDGETS, arguments

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/performance.md").read_text("utf-8")
TABLE = PAGE.split("<!-- budgets")[1].split("<!-- end -->")[0]
SAID_AS = {  # a limit that the page says in other words
    ("decode", 0.25): "25 %",
    ("startup", 0): "no numpy, construct, usb, pydicom, PIL",
    ("startup", 1): "1.0",
    ("whole_process", 1): "at most bare process + 2 transfers + 25 ms",
    ("growth", 0.85): "15 % off at most",
    ("growth", 1.15): "15 % off at most",
}


def test_every_budget_is_there_with_a_date() -> None:
    rows = re.findall(r"^\| (P\d+) \|.+\| ([^|]+) \|$", TABLE, re.MULTILINE)
    assert sorted(number for number, _ in rows) == sorted(BUDGETS)
    for number, last in rows:
        assert re.search(r"\d.*\(20\d\d-\d\d-\d\d\)", last), number


@pytest.mark.parametrize("budget", BUDGETS)
def test_the_page_says_the_limits_that_are_measured_against(budget: str) -> None:
    said = re.search(rf"^\| {budget} \| ([^|]+) \|", TABLE, re.MULTILINE)
    assert said
    for module in BUDGETS[budget]:
        for limit in limits(module):
            words = SAID_AS.get((module, limit), f"{limit:.10g}")
            assert re.search(rf"(?<![\d.]){re.escape(words)}(?![\d]|\.\d)", said[1]), (module, words)


def limits(module: str) -> set[float]:
    """Return what a part of the benchmarks hands to `at_least` and `at_most`, constants by value."""
    tree = ast.parse((ROOT / f"tools/benchmarks/{module}.py").read_text("utf-8"))
    constants: dict[str, ast.expr] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            target, value = statement.targets[0], statement.value
            if isinstance(target, ast.Name):
                constants[target.id] = value
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                constants.update(zip(map(ast.unparse, target.elts), value.elts, strict=True))
    given = [
        call.args[0]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("at_least", "at_most")
    ]
    assert given, module
    return {
        float(ast.literal_eval(constants[node.id] if isinstance(node, ast.Name) else node)) for node in given
    }


def test_its_commands_are_understood() -> None:
    lines = re.findall(r"python -m tools\.benchmarks([^#\n]*)", PAGE)
    assert lines
    for line in lines:
        assert set(arguments(line.split()).only) <= set(BUDGETS)
