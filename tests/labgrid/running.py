"""`pytest hil_tests --bench examples/labgrid.toml`, as a person types it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BENCH = REPOSITORY / "hil_tests" / "examples" / "labgrid.toml"
ANNA = "bench2/anna"
RUN_S = 180.0  # three tests take 10 s on two cores to themselves
LOOK_S = 0.05
THREE = "press_to_photo"


def command(bench: Path = BENCH, *more: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "hil_tests", "--bench", str(bench), "-k", THREE, *more]


def run(coordinator: str, *arguments: str, bench: Path = BENCH) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(bench, *arguments),
        cwd=REPOSITORY,
        env={**os.environ, "LG_COORDINATOR": coordinator},
        capture_output=True,
        text=True,
        timeout=RUN_S,
    )


@contextmanager
def started(coordinator: str, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A run that goes on beside the test, and ends with it at the latest."""
    process = subprocess.Popen(
        command(BENCH, *arguments),
        cwd=REPOSITORY,
        env={**os.environ, "LG_COORDINATOR": coordinator, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def impatient(folder: Path) -> Path:
    """The example's bench, but it waits a second only."""
    text = BENCH.read_text()
    assert "wait_s = 60" in text
    bench = folder / "impatient.toml"
    bench.write_text(text.replace("wait_s = 60", "wait_s = 1"))
    return bench


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + RUN_S
    while not condition():
        assert time.monotonic() < deadline, f"not {what}"
        time.sleep(LOOK_S)
