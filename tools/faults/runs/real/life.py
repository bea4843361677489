"""One life of the program, as a process that is told what to do and may be killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[4]


class Life:
    """Runs from construction until it has finished or is killed."""

    def __init__(self, port: str, folder: Path, seed: str, broken: bool) -> None:
        words = [port, str(folder / "spool"), str(folder / "saved"), seed]
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tools.faults.runs.real.program",
                *words,
                *(["--broken-acknowledgement"] if broken else []),
            ],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def tell(self, command: str) -> None:
        """`capture` or `finish`."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{command}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended: `finish` says why

    def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()
        self._process.communicate()

    def finish(self, timeout_s: float) -> dict[str, Any]:
        """Have it bring everything in; what it reports. Its trouble is in `trouble`."""
        self.tell("finish")
        try:
            out, errors = self._process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            return {"trouble": [f"the program did not finish in {timeout_s:.0f} s"]}
        if self._process.returncode:
            return {"trouble": [errors.decode(errors="replace").strip()[-500:]]}
        facts: dict[str, Any] = json.loads(out.splitlines()[-1])
        return facts
