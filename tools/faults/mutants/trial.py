"""Tries mutants in a copy of the tree: the tree itself is never touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.faults.mutants.mutant import Mutant

PATHS = ("host_sdk", "protocol", "firmware", "hil_tests/rig/firmware", ".")
NO_TEST_RAN = (4, 5)  # pytest's exit codes: wrong use (no such test), nothing collected
FAILED = 1


class Outcome(Enum):
    """What became of a mutant."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    HUNG = "noticed (its test did not end)"


class TestDoesNotStand(RuntimeError):
    """A test fails, or is not there, without any mutant: it proves nothing."""

    __test__ = False  # for pytest


@contextmanager
def copy_of(repository: Path) -> Iterator[Path]:
    """A copy of the files that git tracks or could track, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        check=True,
        capture_output=True,
    ).stdout.decode()
    with TemporaryDirectory(prefix="oralcam-mutants-") as folder:
        for name in filter(None, listed.split("\0")):
            if (repository / name).is_file():
                target = Path(folder) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(repository / name, target)
        yield Path(folder)


def check_test(tree: Path, test: str, deadline_s: float) -> None:
    """Raise `TestDoesNotStand` unless `test` passes in the tree as it is."""
    code, said = _run(tree, test, deadline_s)
    if code != 0:
        raise TestDoesNotStand(f"{test} does not pass without a mutant:\n{said}")


def try_out(tree: Path, mutant: Mutant, deadline_s: float) -> Outcome:
    """Make the mistake, run its test, undo it. Raises `BadList`, `TestDoesNotStand`."""
    before = mutant.apply(tree)
    try:
        code, said = _run(tree, mutant.test, deadline_s)
    finally:
        (tree / mutant.file).write_text(before, "utf-8")
    if code in NO_TEST_RAN:
        raise TestDoesNotStand(f"{mutant.test} is not there:\n{said}")
    if code is None:
        return Outcome.HUNG
    return Outcome.SURVIVED if code == 0 else Outcome.NOTICED


def _run(tree: Path, test: str, deadline_s: float) -> tuple[int | None, str]:
    """The exit code of pytest (None if it did not end in time), and the end of what it said."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(tree / path) for path in PATHS),
        "PYTHONDONTWRITEBYTECODE": "1",  # a mutant within the same second must not run its predecessor's code
    }
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    try:
        done = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=deadline_s
        )
    except subprocess.TimeoutExpired:
        return None, f"it did not end within {deadline_s:g} s"
    return done.returncode, (done.stdout + done.stderr)[-2000:]
