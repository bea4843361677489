"""What is public: said of every module, and compared with the list in docs/api."""

from __future__ import annotations

import difflib
import importlib
from pathlib import Path

import griffe
import pytest
from griffe import Module

from tools.api import __main__ as command
from tools.api.listing import listing
from tools.api.modules import exports, is_internal, is_public, modules

SOURCE = '''
"""A camera."""
__all__ = ["LIMIT", "Lens", "open_lens"]
LIMIT: int = 3
class _Part:
    def turn(self, by: float) -> None: """Turn it."""
class Lens(_Part):
    """A lens."""
    def __init__(self, glass: str) -> None:
        """%s"""
        self.glass = glass
        self._cleaned = False
    @property
    def clean(self) -> bool: """Is it?"""
    async def wipe(self, *, times: int = 1) -> bool: """Wipe it."""
    def _wiped(self) -> None: """Note it."""
def open_lens(name: str) -> Lens: """Open one."""
def helper() -> None: """Internal."""
'''


def test_every_module_is_public_or_said_to_be_internal(package: Module) -> None:
    found = list(modules(package))
    assert len(found) > 250
    undecided = [each.path for each in found if is_public(each) == is_internal(each)]
    assert not undecided, (
        f'give them `__all__`, or a package whose docstring begins with "Internal:": {undecided}'
    )


def test_a_public_name_is_there_when_it_is_imported(package: Module) -> None:
    for module in modules(package):
        if is_public(module):
            imported = importlib.import_module(module.path)
            assert sorted(imported.__all__) == list(exports(module)), module.path
            for name in exports(module):
                assert getattr(imported, name) is not None, f"{module.path}.{name}"


def test_the_public_api_is_as_listed(package: Module) -> None:
    now = listing(package).splitlines()
    then = command.FILE.read_text(encoding="utf-8").splitlines()
    changes = difflib.unified_diff(then, now, "docs/api/public.txt", "the source", lineterm="", n=1)
    told = "\n".join(changes)
    assert not told, (
        f"The public API has changed:\n{told}\n"
        "If that is wanted, run `python -m tools.api --write`, and tell of it in CHANGELOG.md."
    )


@pytest.fixture
def lens(tmp_path: Path) -> Path:
    folder = tmp_path / "lens"
    folder.mkdir()
    (folder / "__init__.py").write_text(SOURCE % "From glass.")
    return folder / "__init__.py"


def listed(source: Path) -> list[str]:
    package = griffe.load("lens", search_paths=[source.parents[1]], resolve_aliases=True)
    assert isinstance(package, Module)
    return listing(package).splitlines()[3:]


def test_a_listing_has_names_signatures_and_inherited_members(lens: Path) -> None:
    assert listed(lens) == [
        "lens",
        "  LIMIT: int = 3",
        "  class Lens(_Part)",
        "    glass",
        "    __init__(glass: str) -> None",
        "    property clean: bool",
        "    turn(by: float) -> None",
        "    async wipe(*, times: int = 1) -> bool",
        "  open_lens(name: str) -> Lens",
    ]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("times: int = 1", "times: int = 2", 2),
        ("-> Lens:", "-> Lens | None:", 2),
        ("class Lens(_Part)", "class Lens", 3),  # and what it inherited is gone
        ('"Lens", ', "", 6),
        ("def _wiped", "def wiped", 1),
        ("_cleaned", "cleaned", 1),
        ("def turn(self, by", "def turn(self, angle", 2),
        ("From glass.", "Internal: from glass.", 1),
        ("def helper()", "def helper(more: int)", 0),
    ],
)
def test_a_change_of_one_name_changes_its_line_and_no_other(
    lens: Path, before: str, after: str, lines: int
) -> None:
    then = listed(lens)
    assert before in lens.read_text()
    lens.write_text(lens.read_text().replace(before, after))
    changed = [line for line in difflib.ndiff(then, listed(lens)) if line[0] in "+-"]
    assert len(changed) == lines
