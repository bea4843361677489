"""One deliberate mistake, and the lists of them that are kept beside this file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import tomllib

LISTS = Path(__file__).with_name("lists")
KEYS = {"name", "file", "old", "new", "test", "struck"}


class BadList(ValueError):
    """A list of mutants is not as it must be."""


@dataclass(frozen=True)
class Mutant:
    """In `file`, `new` stands in place of `old`; `test`, as pytest names it, fails then.

    `struck` is the reason why a mutant is not tried: it changes nothing that anybody could see.
    """

    name: str
    file: str
    old: str
    new: str
    test: str
    struck: str = ""

    def apply(self, tree: Path) -> str:
        """Make the mistake in `tree`; return the text that the file had. Raises `BadList`."""
        path = tree / self.file
        if not path.is_file():
            raise BadList(f"{self.name}: there is no {self.file}; the file was moved or removed.")
        before = path.read_text("utf-8")
        if before.count(self.old) != 1:
            raise BadList(
                f"{self.name}: its old text stands {before.count(self.old)} times in {self.file}, "
                "and must stand there once; bring the list up to date."
            )
        path.write_text(before.replace(self.old, self.new), "utf-8")
        return before


def load(folder: Path = LISTS) -> list[Mutant]:
    """Return all mutants of all lists, in the order in which they stand. Raises `BadList`."""
    mutants: list[Mutant] = []
    for path in sorted(folder.glob("*.toml")):
        rows = tomllib.loads(path.read_text("utf-8")).get("mutant", [])
        mutants += [_mutant(path, row) for row in rows]
    names = [mutant.name for mutant in mutants]
    for name in names:
        if names.count(name) > 1:
            raise BadList(f"Two mutants are called {name}: give each its own name.")
    return mutants


def _mutant(path: Path, row: dict[str, object]) -> Mutant:
    wrong = set(row) - KEYS
    if wrong or any(not isinstance(value, str) for value in row.values()):
        raise BadList(f"{path.name}: {row.get('name', '?')} has keys or values that are not known: {wrong}.")
    text = {key: str(value) for key, value in row.items()}
    if not re.fullmatch(r"[a-z0-9-]+", text.get("name", "")):
        raise BadList(f"{path.name}: a mutant's name is made of a-z, 0-9 and -: {text.get('name')!r}.")
    missing = {"file", "old", "new"} - set(text)
    if missing or not (text.get("test") or text.get("struck")):
        raise BadList(f"{path.name}: {text['name']} lacks {sorted(missing) or 'a test, or struck'}.")
    if text["old"] == text["new"]:
        raise BadList(f"{path.name}: {text['name']} changes nothing.")
    return Mutant(
        text["name"], text["file"], text["old"], text["new"], text.get("test", ""), text.get("struck", "")
    )
