"""The last log lines, for the error replies that need them. Never anything about a patient: none is here."""

import io
import sys

from camera_app.hal import Console

LINES = 16


class Log:
    """A short ring of lines in memory; failures go to the console too, where the host finds them."""

    def __init__(self, console: "Console | None" = None) -> None:
        self._console = console
        self._lines: "list[str]" = []

    def say(self, line: str) -> None:
        """Keep a line."""
        if len(self._lines) >= LINES:
            self._lines.pop(0)
        self._lines.append(line[:120])

    def failure(self, what: str, error: BaseException) -> None:
        """Keep an exception's traceback, and print it."""
        text = io.StringIO()
        print_exception = getattr(sys, "print_exception", None)  # MicroPython's; CPython has traceback
        if print_exception is not None:
            print_exception(error, text)
        self.say("{}: {!r}".format(what, error))
        for line in text.getvalue().split("\n")[-4:]:
            if line:
                self.say(line)
        if self._console is not None:
            self._console.write("{} {}".format(what, text.getvalue() or repr(error)))

    def tail(self, limit: int) -> str:
        """The newest lines, at most `limit` characters."""
        return "\n".join(self._lines)[-limit:]
