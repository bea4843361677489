"""What only hardware can show is listed in the README, with its wiring: list and markers agree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hil_tests.instruments.drivers import DRIVERS

HIL = Path(__file__).resolve().parents[2] / "hil_tests"
FIXTURES = {"service_mode": {"service_console", "button", "power"}}
OTHER_WIRING = {"camera only", "target"}


def constants(path: Path) -> dict[str, str]:
    """Texts that a file gives a name."""
    found = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            found[ast.unparse(node.targets[0])] = str(node.value.value)
    return found


def marked() -> dict[str, tuple[str, str, set[str]]]:
    """Of each test with the marker: what it shows, its wiring, the fixtures that it asks for."""
    found = {}
    for path in sorted((HIL / "scenarios").rglob("test_*.py")):
        names = constants(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.hardware":
                    (what,) = (ast.literal_eval(each) for each in decorator.args)
                    (wiring,) = (each.value for each in decorator.keywords if each.arg == "wiring")
                    words = names[wiring.id] if isinstance(wiring, ast.Name) else ast.literal_eval(wiring)
                    found[node.name] = (what, words, {argument.arg for argument in node.args.args})
    return found


def listed() -> dict[str, tuple[str, str]]:
    """The rows of the README's table."""
    text = (HIL / "README.md").read_text("utf-8")
    rows = text.partition("<!-- hardware -->")[2].partition("<!-- end -->")[0].strip().splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {name.strip("`"): (what, wiring) for name, what, wiring in cells}


def test_the_readme_lists_each_test_that_needs_hardware() -> None:
    assert listed() == {name: (what, wiring) for name, (what, wiring, _) in marked().items()}
    assert len(listed()) > 10


def test_every_test_below_hardware_is_marked() -> None:
    names = set()
    for path in (HIL / "scenarios/hardware").glob("test_*.py"):
        names |= set(re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE))
    assert names == set(marked())


@pytest.mark.parametrize("name", sorted(marked()))
def test_the_wiring_names_the_instruments_that_the_test_uses(name: str) -> None:
    _, wiring, arguments = marked()[name]
    named = set(wiring.split(", "))
    assert named <= {*DRIVERS, *OTHER_WIRING}
    used = set().union(*(FIXTURES.get(argument, {argument}) for argument in arguments)) & set(DRIVERS)
    assert named - OTHER_WIRING >= used
