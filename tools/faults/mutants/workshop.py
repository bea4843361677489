"""A copy of the repository in which mutants are made and tested; the repository itself is never touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from tools.faults.mutants.mutant import Mutant

REPOSITORY = Path(__file__).resolve().parents[3]
NEEDED = ("firmware", "protocol", "host_sdk", "hil_tests", "tests", "tools", "pyproject.toml", "README.md")
TIMEOUT_S = 300
FAILED = 1  # pytest's exit code for tests that ran and failed; others mean that nothing was tested


class Workshop:
    """One copy. Use as a context."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="oralcam-mutants-"))
        for name in NEEDED:
            source = REPOSITORY / name
            if source.is_dir():
                shutil.copytree(source, self._folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, self._folder / name)

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def survives(self, mutant: Mutant) -> str:
        """Break it, run its tests, mend it. "" if they noticed, else what they said."""
        path = self._folder / mutant.path
        whole = path.read_text("utf-8")
        path.write_text(mutant.apply(whole), "utf-8")
        try:
            return self._noticed(mutant)
        finally:
            path.write_text(whole, "utf-8")

    def whole(self, tests: tuple[str, ...]) -> bool:
        """Do the tests pass on the firmware as it is? Else nothing they notice means anything."""
        return self._run(tests).returncode == 0

    def _noticed(self, mutant: Mutant) -> str:
        try:
            done = self._run(mutant.tests)
        except subprocess.TimeoutExpired:
            return ""  # it hangs: that is noticed
        if done.returncode == FAILED:
            return ""
        return f"exit code {done.returncode}: {done.stdout.strip().splitlines()[-1:]}"

    def _run(self, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        folders = [str(self._folder / name) for name in ("host_sdk", "protocol", "firmware", ".")]
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(folders), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
        )
