"""Output for people: colours, aligned rows, sentences beside the output."""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

COLOURS = {"red": 31, "green": 32, "yellow": 33}


def understands_escapes(stream: TextIO) -> bool:
    """Return whether `stream` is a terminal that moves its cursor and changes colours when told to.

    Windows' own console does not unless it is asked to; Windows Terminal, and shells that set TERM, do.
    """
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return sys.platform != "win32" or "WT_SESSION" in os.environ or "TERM" in os.environ


def paint(text: str, colour: str, stream: TextIO) -> str:
    """Return `text` in a colour if `stream` is a terminal and NO_COLOR (no-color.org) is not set."""
    if os.environ.get("NO_COLOR") or not understands_escapes(stream):
        return text
    return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m"


def aligned(rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows as a table, columns two spaces apart."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def aside(sentence: str) -> None:
    """Tell the person at the keyboard something; standard output stays for programs."""
    print(sentence, file=sys.stderr, flush=True)


def print_whatever_the_encoding() -> None:
    """Let no character stop a command: Windows gives a file or a pipe an encoding that lacks "→" and "°"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(value: object) -> None:
    """Print one line of JSON."""
    import json

    print(json.dumps(value), flush=True)
