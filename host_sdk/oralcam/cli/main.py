"""The command line: `main` runs one command and returns its exit code."""

from __future__ import annotations

import gc
import os
import sys

from oralcam.cli.command_table import COMMANDS, overview
from oralcam.cli.parsing import Parser, command_parser
from oralcam.cli.terminal import aside, paint, print_json, print_whatever_the_encoding
from oralcam.errors import OralcamError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERNAL_ERROR = 70  # EX_SOFTWARE of sysexits.h
OUTPUT_LOST = 74  # EX_IOERR
INTERRUPTED = 130
NOBODY_READS = 141
GLOBAL_OPTIONS = {"--json": 1, "--debug": 1, "--trace": 2}  # and how many words each is


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv` (default: the process's) and return its exit code.

    It never raises, and always tells why a command failed.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    if argv is None:  # the process is this command's, which is short: a tenth of the collections will do
        gc.set_threshold(10_000)
        if sys.platform == "win32":
            print_whatever_the_encoding()
    try:
        code = _run(words)
        if sys.stdout is not None:  # >&-
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python tries again at its end
        if isinstance(error, BrokenPipeError):  # `oralcam list | head`
            return NOBODY_READS
        aside(f"oralcam: The output cannot be written ({error.strerror}).")
        return OUTPUT_LOST


def _run(words: list[str]) -> int:
    """Run one command; every error becomes a sentence and an exit code."""
    try:
        return _dispatch(words)
    except OralcamError as error:
        _tell(words, str(error), error.code)
        return error.exit_code
    except SystemExit as end:  # --help, --version, SIGTERM
        return end.code if isinstance(end.code, int) else 0
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:
        advice = "please report it" if "--debug" in words else "run it again with --debug and report it"
        _tell(words, f"internal error: {error!r}; {advice}.", "internal")
        return INTERNAL_ERROR


def _dispatch(words: list[str]) -> int:
    words = _behind_the_command(words)
    if not words or words[0] not in COMMANDS:
        return _without_command(words)
    from importlib import import_module

    name = words[0]
    command = import_module(f"oralcam.cli.commands.{name}")
    parser = command_parser(name, COMMANDS[name], command.EXAMPLES)
    command.add_arguments(parser)
    if "--trace" in words and "--trace" not in parser.format_usage():
        parser.error(f"{name} opens no camera, so --trace has nothing to record")
    code: int = command.run(parser.parse_args(words[1:]))
    return code


def _behind_the_command(words: list[str]) -> list[str]:
    """Move options that every command has (`--json`, `--debug`, `--trace FILE`) behind the command.

    >>> _behind_the_command(["--json", "--trace", "a.trace", "list", "--watch"])
    ['list', '--json', '--trace', 'a.trace', '--watch']
    """
    behind = 0
    while behind < len(words) and words[behind] in GLOBAL_OPTIONS:
        behind += GLOBAL_OPTIONS[words[behind]]
    return words if behind >= len(words) else [words[behind], *words[:behind], *words[behind + 1 :]]


def _without_command(words: list[str]) -> int:
    from oralcam import __version__

    parser = Parser("oralcam", "An open intraoral camera: one press, one verified photo.", overview())
    parser.usage = "oralcam COMMAND [options]"
    parser.add_argument("--version", action="version", version=f"oralcam {__version__}")
    if not words:
        parser.print_help()
        return UsageError.exit_code
    if words[0] in GLOBAL_OPTIONS:
        raise UsageError("Name a command, too (see `oralcam --help`).")
    if not words[0].startswith("-"):
        parser.error(f"There is no command {words[0]!r}; there are {', '.join(COMMANDS)}")
    parser.parse_args(words[:1])
    raise UsageError("Name a command first (see `oralcam --help`).")


def _tell(words: list[str], sentence: str, code: str) -> None:
    """Tell the error in hand: a sentence for a person and, with --json, an object for a program."""
    if "--debug" in words:
        import traceback

        traceback.print_exc()
    aside(f"{paint('oralcam:', 'red', sys.stderr)} {sentence}")
    if "--json" in words:
        print_json({"error": code, "message": sentence})
