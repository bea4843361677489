"""Tests with real photographs: from the folder `$ORALCAM_PHOTOS`, never from the repository.

A test asks for `photograph`, the path of a JPEG, and runs once for each. Without the folder it is not run and
the end of the run says so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "ORALCAM_PHOTOS"
NOT_SET = f"needs real photographs: set ${VARIABLE} to a folder of JPEGs"


def photographs() -> list[Path]:
    """The JPEGs of the folder; none if it is not set. Raises `UsageError` if there are none where it is."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return []
    found = sorted(path for path in Path(folder).glob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    if not found:
        raise pytest.UsageError(f"${VARIABLE} names {folder}, where there are no JPEGs.")
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One run a photograph."""
    if "photograph" in metafunc.fixturenames:
        none = pytest.param(None, marks=pytest.mark.skip(reason=NOT_SET), id="none")
        metafunc.parametrize("photograph", photographs() or [none], ids=lambda path: path.name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was not run."""
    not_run = [
        report.nodeid
        for report in terminalreporter.stats.get("skipped", [])
        if NOT_SET in str(report.longrepr)
    ]
    if not_run:
        terminalreporter.section(f"not run: {NOT_SET}")
        for nodeid in sorted(not_run):
            terminalreporter.write_line(nodeid)
