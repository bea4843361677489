"""One run of the VM: qemu's process, its streams, its deadlines."""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from types import TracebackType

from tools.testbeds.usb_vm.errors import DidNotBoot, Died, TooLong, VmError
from tools.testbeds.usb_vm.streams import Lines, MarkedStream

PIECE = 65536
CONSOLE_KEPT = 65536
LINES_SHOWN = 4  # of the console, in an error
STOP_TIMEOUT_S = 5
TELL, OUTPUT, ERRORS, CONSOLE = "tell", "output", "errors", "console"
STREAMS = (TELL, OUTPUT, ERRORS, CONSOLE)


PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _die_with_parent() -> None:
    """However this program ends, kill -9 too, the VM ends with it."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Machine:
    """A VM that runs from construction to `close`, or as a context.

    `command(paths)` gives qemu's command line; `paths` says for each of STREAMS where qemu writes it.
    """

    def __init__(self, command: Callable[[dict[str, str]], list[str]], mark: bytes) -> None:
        self._mark = mark
        self._console = b""
        self._lines = Lines()
        pipes = {name: os.pipe() for name in STREAMS}
        try:
            self._process = subprocess.Popen(
                command({name: f"/dev/fd/{far}" for name, (_, far) in pipes.items()}),
                stdin=subprocess.DEVNULL,
                stdout=pipes[CONSOLE][1],  # qemu's own complaints
                stderr=pipes[CONSOLE][1],
                pass_fds=[far for _, far in pipes.values()],
                start_new_session=True,  # Ctrl-C ends the program that waits, and that ends the VM
                preexec_fn=_die_with_parent,
            )
        except BaseException:
            for near, _ in pipes.values():
                os.close(near)
            raise
        finally:
            for _, far in pipes.values():
                os.close(far)
        self._ends = {name: near for name, (near, _) in pipes.items()}

    def run(
        self,
        output: Callable[[bytes], object],
        errors: Callable[[bytes], object],
        *,
        boot_s: float,
        command_s: float,
    ) -> int:
        """The command's exit code; raises `DidNotBoot`, `Died`, `TooLong`."""
        marked = (MarkedStream(self._mark, output), MarkedStream(self._mark, errors))
        take = {
            TELL: self._lines.feed,
            OUTPUT: marked[0].feed,
            ERRORS: marked[1].feed,
            CONSOLE: self._hear,
        }
        deadline = time.monotonic() + boot_s
        booted = False
        with selectors.DefaultSelector() as selector:
            for name, end in self._ends.items():
                selector.register(end, selectors.EVENT_READ, take[name])
            while not ("exit" in self.said and all(stream.ended for stream in marked)):
                if not booted and "command" in self.said:
                    booted, deadline = True, time.monotonic() + command_s
                for key, _ in selector.select(max(0.0, deadline - time.monotonic())):
                    data = os.read(key.fd, PIECE)
                    if data:
                        key.data(data)
                    else:
                        selector.unregister(key.fd)
                self._look(booted, alive=bool(selector.get_map()))
                if time.monotonic() >= deadline:
                    raise self._late(booted, command_s if booted else boot_s)
        return int(self.said["exit"])

    @property
    def said(self) -> dict[str, str]:
        """What init has told: `command` and `ended` in seconds since the kernel started, `exit`."""
        return self._lines.said

    @property
    def console(self) -> str:
        """What kernel and init have said."""
        return self._console.decode(errors="replace")

    def _hear(self, data: bytes) -> None:
        self._console = (self._console + data)[-CONSOLE_KEPT:]

    def _look(self, booted: bool, *, alive: bool) -> None:
        """Raise if the VM can get no further."""
        kind, when = (Died, "died") if booted else (DidNotBoot, "did not start")
        reason = self._after("usb_vm: ")
        panic = self._after("Kernel panic - not syncing: ")
        if panic:
            raise kind(f"The VM {when}, its kernel panicked: {panic}.")
        if reason:
            raise kind(f"The VM {when}: {reason}.")
        if not alive:
            raise kind(f"The VM {when}, it ended by itself: {self._last_lines()}.")

    def _late(self, booted: bool, limit_s: float) -> VmError:
        if booted:
            return TooLong(f"The command did not end in {limit_s:g} s (--timeout); it was stopped.")
        return DidNotBoot(f"The VM did not boot in {limit_s:g} s (--boot-timeout): {self._last_lines()}.")

    def _after(self, words: str) -> str:
        *whole, _ = self.console.split("\n")
        return next((line.partition(words)[2].strip() for line in whole if words in line), "")

    def _last_lines(self) -> str:
        lines = [line.strip() for line in self.console.splitlines() if line.strip()]
        return " | ".join(lines[-LINES_SHOWN:]) or "its console is empty"

    def close(self) -> None:
        """End the VM. Harmless when repeated."""
        self._process.kill()
        self._process.wait(STOP_TIMEOUT_S)
        for end in self._ends.values():
            os.close(end)
        self._ends = {}

    def __enter__(self) -> Machine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
