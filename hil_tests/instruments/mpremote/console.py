"""The REPL by mpremote."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from hil_tests.errors import BenchError
from hil_tests.instruments.parts import Parts
from oralcam.files.toml_table import Table

DEADLINE_S = 120.0
PROGRAM = (sys.executable, "-m", "mpremote")


class MpremoteConsole:
    """The REPL of one board; the port need not be there before it is used."""

    def __init__(self, port: str, program: tuple[str, ...] = PROGRAM) -> None:
        self._port = port
        self._program = program
        if self._call("version").returncode:
            raise BenchError("mpremote is not installed: pip install mpremote.")

    def run(self, code: str) -> str:
        """Run code and return what it prints. `resume` does not reset the board before."""
        done = self._call("connect", self._port, "resume", "exec", code)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise BenchError(f"the board on {self._port} says: {said[-1] if said else 'nothing'}.")
        return done.stdout

    def _call(self, *words: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                [*self._program, *words], capture_output=True, text=True, timeout=DEADLINE_S
            )
        except subprocess.TimeoutExpired as error:
            raise BenchError(f"the board on {self._port} did not answer within {DEADLINE_S:g} s.") from error
        except OSError as error:
            raise BenchError(f"{self._program[0]} cannot be run ({error.strerror}).") from error


@dataclass(frozen=True)
class MpremotePort:
    """The port of the REPL in service mode."""

    port: str

    def open(self, parts: Parts) -> MpremoteConsole:
        """Return the console."""
        del parts
        return MpremoteConsole(self.port)


def mpremote_port_from(table: Table) -> MpremotePort:
    """Read the port from the description of a service console."""
    return MpremotePort(table.text("port"))
