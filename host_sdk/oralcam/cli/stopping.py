"""SIGTERM and Ctrl-C: a command gives back everything that it holds."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

TERMINATED = 143


def unwind_on_sigterm() -> None:
    """Let SIGTERM end the command as an exception does: cameras closed, half photos removed."""
    import signal  # here and below: `--help` of a command that may be ended needs none

    signal.signal(signal.SIGTERM, _unwind)


def _unwind(number: int, frame: FrameType | None) -> None:
    import signal

    del frame
    signal.signal(number, signal.SIG_IGN)  # a second one must not interrupt the closing
    raise SystemExit(TERMINATED)


class Stopping:
    """A file to select on: while it lasts, Ctrl-C, SIGTERM and a closed terminal are only noted."""

    def __init__(self) -> None:
        import signal

        self.number: int | None = None  # of the last signal
        self._noted, self._note = os.pipe()
        if sys.platform != "win32":  # there it holds more signals than anybody sends
            os.set_blocking(self._note, False)
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        self._before = {
            number: signal.signal(number, self._take_note)
            for number in (getattr(signal, name) for name in names if hasattr(signal, name))
        }

    def fileno(self) -> int:
        """Return the descriptor, which is readable when it is time to stop."""
        return self._noted

    def _take_note(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.number = number
        try:
            os.write(self._note, b"s")
        except BlockingIOError:
            pass  # noted often enough

    def __enter__(self) -> Stopping:
        return self

    def __exit__(self, *_: object) -> None:
        import signal

        for number, before in self._before.items():
            signal.signal(number, before)
        os.close(self._noted)
        os.close(self._note)
