"""Parsers that answer a wrong command line with one sentence."""

from __future__ import annotations

import argparse
import os

from oralcam.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing costs a short command a few milliseconds
    from typing import NoReturn

WIDTH = 110


class Formatter(argparse.RawDescriptionHelpFormatter):
    """A formatter as wide as the terminal, found without `shutil`.

    argparse makes a formatter for every option, and `shutil` takes long to load.
    """

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size().columns - 2
        except (OSError, ValueError):
            width = WIDTH
        super().__init__(prog, width=max(20, min(width, WIDTH)))

    def _split_lines(self, text: str, width: int) -> list[str]:
        """As argparse's, without `textwrap`, which takes longer to load than help to print."""
        lines = [""]
        for word in text.split():
            if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
                lines.append("")
            lines[-1] += f" {word}" if lines[-1] else word
        return lines


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` and shows examples as they were written."""

    def __init__(self, prog: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=Formatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise one sentence instead of printing the usage."""
        raise UsageError(f"{message} (see `{self.prog} --help`).")


def command_parser(name: str, summary: str, examples: str) -> Parser:
    """Return a parser with the options that every command has."""
    indented = "\n".join(f"  {line}" for line in examples.strip().splitlines())
    parser = Parser(f"oralcam {name}", f"{summary[0].upper()}{summary[1:]}.", f"examples:\n{indented}")
    parser.add_argument("--json", action="store_true", help="write JSON to standard output")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return parser


def photos(text: str) -> int:
    """Read a number of photos, presses or frames: 1, 2, 3 …"""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of 1 or more")
    return int(text)


def seconds(text: str) -> float:
    """Read a time above 0, in seconds."""
    value = number(text)
    if not 0 < value <= 1e6:
        raise argparse.ArgumentTypeError(f"{text} is not a time above 0 s")
    return value


def number(text: str) -> float:
    """Read a finite number."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value - value != 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number")
    return value
