"""`labgrid-client`, one command at a time, each with a deadline."""

from __future__ import annotations

import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from hil_tests.labgrid import programs
from hil_tests.labgrid.errors import CoordinatorUnreachable, PlaceError, UnexpectedAnswer

LOOK_S = 0.1  # has it been told to stop, is its time over?
COMMAND_S = 20.0  # a command takes 0.3 s on loopback
ERROR = "Error: "
AWAY = ("Could not connect to coordinator", "coordinator is unavailable", "coordinator became unavailable")


class Refused(PlaceError):
    """labgrid refused a command; `reason` is what it says, with what it printed before."""

    code = "labgrid-refused"

    def __init__(self, command: str, reason: str) -> None:
        super().__init__(
            f"labgrid refused `labgrid-client {command}` ({reason}): see `labgrid-client -v places`."
        )
        self.reason = reason


class TookTooLong(UnexpectedAnswer):
    """A command did not end in time; it was ended."""


class Client:
    """The client of the coordinator at `coordinator` (HOST or HOST:PORT)."""

    def __init__(self, coordinator: str) -> None:
        self.coordinator = coordinator
        self._program = programs.find("labgrid-client")

    def run(self, *arguments: str, deadline_s: float = COMMAND_S) -> str:
        """Run a command and return what it prints.

        Raises `CoordinatorUnreachable`, `Refused`, `TookTooLong`, or `UnexpectedAnswer` when it breaks down.
        """
        stop = threading.Event()
        # in a thread, which Ctrl-C does not interrupt: amid its start, the process would be lost
        with ThreadPoolExecutor(1, "labgrid-client") as worker:
            try:
                return worker.submit(self._carry_out, arguments, deadline_s, stop).result()
            finally:
                stop.set()

    def _carry_out(self, arguments: tuple[str, ...], deadline_s: float, stop: threading.Event) -> str:
        deadline = time.monotonic() + deadline_s
        process = subprocess.Popen(
            [self._program, "-x", self.coordinator, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env=programs.environment(self.coordinator),
            start_new_session=True,  # the terminal's Ctrl-C is not for it: it may be giving the place back
        )
        try:
            while True:
                try:
                    printed, complaint = process.communicate(timeout=LOOK_S)
                    break
                except subprocess.TimeoutExpired as error:
                    if stop.is_set() or time.monotonic() >= deadline:
                        raise TookTooLong(
                            f"`labgrid-client {' '.join(arguments)}` did not end within {deadline_s:g} s:"
                            f" look whether the coordinator at {self.coordinator} is well."
                        ) from error
        finally:
            programs.end(process)
        if process.returncode != 0:
            raise failure(self.coordinator, " ".join(arguments), process.returncode, printed + complaint)
        return printed


def failure(coordinator: str, command: str, exit_code: int, text: str) -> PlaceError:
    """Return the error for a labgrid-client that ended with `exit_code` after it had printed `text`."""
    if any(sign in text for sign in AWAY):
        return CoordinatorUnreachable(
            f"No labgrid coordinator answers at {coordinator}: start it (`labgrid-coordinator -l"
            f" {coordinator}`), or correct `coordinator` in the bench file."
        )
    lines = text.strip().splitlines()
    last = lines[-1].strip() if lines else "it said nothing"
    if exit_code == 1 and ERROR in last:
        return Refused(command, "; ".join([last.partition(ERROR)[2].rstrip("."), *lines[:-1]]))
    return UnexpectedAnswer(
        f"`labgrid-client {command}` broke down with exit code {exit_code} ({last[:200]}): try it by hand,"
        " and `make labgrid` if it fails there too."
    )
