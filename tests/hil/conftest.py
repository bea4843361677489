"""Running the bench suite as a bench engineer does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DEADLINE_S = 100

RunBench = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run_bench(tmp_path: Path) -> RunBench:
    """`pytest hil_tests` with some words, in a process of its own."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
            cwd=REPOSITORY,
            env={**os.environ, "ORALCAM_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
        )

    return run
