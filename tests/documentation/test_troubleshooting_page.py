"""docs/troubleshooting.md: every error and every exit code of the package is there, with what to do."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import oralcam
from oralcam.cli.command_table import EXIT_CODES
from oralcam.errors import OralcamError

PAGE = (Path(__file__).resolve().parents[2] / "docs/troubleshooting.md").read_text("utf-8")


def every_error(base: type[OralcamError] = OralcamError) -> Iterator[type[OralcamError]]:
    """The classes below `base`, wherever they stand."""
    for error in base.__subclasses__():
        yield error
        yield from every_error(error)


def load_everything() -> None:
    """An error is known only when its module is."""
    for module in pkgutil.walk_packages(oralcam.__path__, "oralcam."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_every_error_is_there_with_its_exit_code_and_what_to_do() -> None:
    load_everything()
    own = {error for error in every_error() if error.__module__.startswith("oralcam.")}
    assert len(own) > 50
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| (.{15,}) \|$", PAGE, re.MULTILINE)
    assert {(code, int(exit_code)) for code, exit_code, _ in rows} == {
        (error.code, error.exit_code) for error in own
    }
    assert len(rows) == len({code for code, _, _ in rows})


def test_every_exit_code_is_there_as_help_tells_it() -> None:
    table = PAGE.split("<!-- exit codes")[1].split("<!-- end -->")[0]
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", table, re.MULTILINE)
    assert [(int(code), meaning) for code, meaning in rows] == list(EXIT_CODES.items())
