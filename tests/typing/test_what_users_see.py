"""What a user's type checker sees: programs that are right, and programs whose mistakes it must find.

mypy runs as a user's would, strict and without this repository's settings, on the installed package.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import oralcam

HERE = Path(__file__).parent
ACCEPTED = sorted((HERE / "accepted").glob("*.py"))
REFUSED = sorted((HERE / "refused").glob("*.py"))
FOUND = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): error: (?P<text>.*)  \[(?P<code>[a-z-]+)\]$")
EXPECTED = re.compile(r"# E: (?P<codes>[a-z -]+)$")

Finding = tuple[str, int, str]


@pytest.fixture(scope="module")
def mypy(tmp_path_factory: pytest.TempPathFactory) -> dict[Finding, str]:
    """What mypy says of all programs: file, line and code, with its words."""
    return found([*ACCEPTED, *REFUSED], tmp_path_factory.mktemp("mypy"))


def found(programs: list[Path], folder: Path) -> dict[Finding, str]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-pretty"),
            *("--enable-error-code=possibly-undefined", "--cache-dir", str(folder / "cache")),
            *map(str, programs),
        ],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "MYPYPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    matches = [FOUND.match(line) for line in done.stdout.splitlines() if ": error: " in line]
    assert None not in matches, done.stdout
    return {(Path(m["file"]).name, int(m["line"]), m["code"]): m["text"] for m in matches if m is not None}


def mistakes(program: Path) -> set[Finding]:
    """What a program says of its own lines."""
    lines = enumerate(program.read_text(encoding="utf-8").splitlines(), 1)
    marked = [(number, match["codes"].split()) for number, line in lines if (match := EXPECTED.search(line))]
    return {(program.name, number, code) for number, codes in marked for code in codes}


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(oralcam.__file__).parent / "py.typed").exists()


@pytest.mark.parametrize("program", ACCEPTED, ids=lambda path: path.stem)
def test_a_program_that_is_right_is_accepted(program: Path, mypy: dict[Finding, str]) -> None:
    assert {finding: text for finding, text in mypy.items() if finding[0] == program.name} == {}
    assert program.read_text(encoding="utf-8").count("assert_type(") > 4


@pytest.mark.parametrize("program", REFUSED, ids=lambda path: path.stem)
def test_every_mistake_is_found_and_nothing_else(program: Path, mypy: dict[Finding, str]) -> None:
    told = {finding: text for finding, text in mypy.items() if finding[0] == program.name}
    assert len(mistakes(program)) > 25
    assert set(told) == mistakes(program), told


def test_a_type_that_has_become_worse_is_found(tmp_path: Path) -> None:
    program = tmp_path / "worse.py"
    program.write_text(
        "from typing import Any, assert_type\n"
        "import oralcam\n"
        "def capture() -> Any: ...\n"
        "assert_type(capture(), oralcam.Photo)\n"
    )
    assert set(found([program], tmp_path)) == {("worse.py", 4, "assert-type")}
