"""What a mutant is, and where they are listed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LISTS = Path(__file__).resolve().parent / "list"
FIRMWARE = Path("firmware/camera_app")


class InvalidList(Exception):
    """A list of mutants says something that cannot be."""


@dataclass(frozen=True)
class Mutant:
    """`old` stands once in `file` (below FIRMWARE); with `new` instead, `tests` must fail.

    One that changes nothing is struck out, with its reason.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    struck_out: str = ""

    @property
    def path(self) -> Path:
        """From the repository's root."""
        return FIRMWARE / self.file

    def apply(self, source: str) -> str:
        """The broken source. Raises `InvalidList` if `old` does not stand there once, or it is no Python."""
        if source.count(self.old) != 1:
            raise InvalidList(
                f"{self.name}: {self.old!r} stands {source.count(self.old)} times in {self.file}"
            )
        broken = source.replace(self.old, self.new)
        try:
            compile(broken, self.file, "exec")
        except SyntaxError as error:
            raise InvalidList(f"{self.name}: {error}") from error
        return broken


def all_mutants() -> list[Mutant]:
    """Every list, in order. Raises `InvalidList` for two of one name."""
    found: list[Mutant] = []
    for path in sorted(LISTS.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for number, words in enumerate(data["mutant"], 1):
            tests = tuple(words.get("tests", data["tests"]))
            found.append(
                Mutant(
                    f"{path.stem}-{number}",
                    words.get("file", data.get("file", "")),
                    words["old"].strip("\n"),
                    words["new"].strip("\n"),
                    tests,
                    words.get("struck_out", ""),
                )
            )
    return found
