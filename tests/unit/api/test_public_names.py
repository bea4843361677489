"""What is public: said of every module, and compared with the list in docs/api."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import griffe
import pytest
from griffe import Alias, Attribute, Class, Expr, ExprName, Function, Module, Object

from tools.api import __main__ as command
from tools.api.listing import listing, public_objects
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


# Classes that public signatures name and that are of no use to a program, and why
NOT_FOR_PROGRAMS = {
    "oralcam.discovery.cameras._CameraInfo": "the named tuple that it is",
    "oralcam.lighting._LightState": "the named tuple that it is",
    "oralcam.lighting._ZoneLight": "the named tuple that it is",
    "oralcam.settings._SettingValues": "the named tuple that it is",
    "oralcam.aio.shot.AnotherVisit": "a protocol that `aio.Visit` keeps",
    "oralcam.discovery.host.SystemHost": "tests give a camera another computer",
    "oralcam.discovery.identity.Identity": "a part of `Camera`, whose members are listed there",
    "oralcam.emulator.hand.Hand": "a part of `Bench`, whose members are listed there",
    "oralcam.emulator.connector.Connector": "other ways to join an emulator to a host, for tests",
    "oralcam.link.monitor.Monitor": "what a host is asked for",
    "oralcam.link.ports.transport.Transport": "what a host is asked for",
    "oralcam.record.ids.IdSource": "tests bring ids of their own",
    "oralcam.testing.usb.host.EmulatedCamera": "a device that this package's tests let misbehave",
    "oralcam.trace.recorder.Recorder": "what a host is asked for",
    "oralcam.visits.shot.AnotherVisit": "a protocol that `Visit` keeps",
}


def test_every_class_that_a_public_signature_names_is_public(package: Module) -> None:
    public = {each.path for each in public_objects(package)}
    named = {
        path
        for each in public_objects(package)
        for path in named_classes(each, package)
        if path.startswith("oralcam.")
    }
    assert len(named) > 60
    assert named - public == set(NOT_FOR_PROGRAMS)


def named_classes(each: Object, package: Module) -> Iterator[str]:
    """The classes of the package in annotations and bases; an alias of a type stands for what it says."""
    annotations: list[object] = []
    if isinstance(each, Function):
        annotations = [each.returns, *(one.annotation for one in each.parameters)]
    elif isinstance(each, Attribute):
        annotations = [each.annotation]
    elif isinstance(each, Class):
        annotations = list(each.bases)
    for annotation in annotations:
        for name in annotation.iterate(flat=True) if isinstance(annotation, Expr) else ():
            if isinstance(name, ExprName) and name.canonical_path.startswith("oralcam."):
                found = package[name.canonical_path.removeprefix("oralcam.")]
                target = found.final_target if isinstance(found, Alias) else found
                if target.is_class:
                    yield target.path


def test_values_that_are_made_together_are_not_overlooked(package: Module) -> None:
    """griffe does not see `self.a, self.b = …`: such values have to be private, or made one by one."""
    for each in public_objects(package):
        if isinstance(each, Class):
            init = each.members.get("__init__")
            source = init.source if isinstance(init, Function) else ""
            for targets in re.findall(r"^\s+((?:self\.\w+, )+self\.\w+) = ", source, re.MULTILINE):
                assert all(name.strip().startswith("self._") for name in targets.split(",")), each.path
