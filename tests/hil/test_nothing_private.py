"""The bench suite uses a camera as any program does: by its public names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.api.modules import is_public, load, modules

SUITE = Path(__file__).parents[2] / "hil_tests"
OWN = ("self", "cls")
# What the suite takes from the SDK's inside, and why; none of it is how it uses the camera under test
INSIDE = {
    "oralcam.cli.stopping": "labgrid's programs stop on signals as the command line does",
    "oralcam.emulator.connector": "the rig's and the camera's firmware run on ptys that can be unplugged",
    "oralcam.emulator.micropython": "where the firmware's source is, and who runs it",
    "oralcam.emulator.process": "the rig's firmware is run as the camera's is",
    "oralcam.emulator.tcp": "a port served over TCP stands in for ser2net",
    "oralcam.files.disk": "a disk that fails on purpose",
    "oralcam.files.toml_table": "bench descriptions are read, and refused, as sinks.toml is",
    "oralcam.link.deadlines": "the rig's link has its own; scenarios scale the camera's",
    "oralcam.link.faults": "a rig refuses as a camera does",
    "oralcam.link.host": "a rig's link runs on this computer",
    "oralcam.link.reconnecting": "a rig speaks the camera's wire protocol, with other messages",
    "oralcam.spool": "scenarios look at what a killed program left there",
    "oralcam.spool.arrival": "the disk fails while a photo arrives",
    "oralcam.spool.contents": "scenarios look at what a killed program left there",
    "oralcam.usb.ids": "is a port's name that of a bulk interface?",
}


@pytest.fixture(scope="module")
def public() -> set[str]:
    return {each.path for each in modules(load()) if is_public(each)}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SUITE.rglob("*.py")):
        if "firmware" not in path.relative_to(SUITE).parts:  # MicroPython, and no user of the SDK
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def private_names(tree: ast.AST) -> list[str]:
    """Names with a leading underscore that are asked of anything but `self`."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.endswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in OWN)
    ]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            assert not any(name.name.startswith("_") for name in node.names), ast.unparse(node)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_no_private_name_is_asked_of_an_object() -> None:
    found = {
        str(path.relative_to(SUITE)): names for path, tree in sources() if (names := private_names(tree))
    }
    assert found == {}


def test_every_module_of_the_sdk_that_it_imports_is_public_or_explained(public: set[str]) -> None:
    used = {
        name
        for _, tree in sources()
        for name in imported(tree)
        if name == "oralcam" or name.startswith("oralcam.")
    }
    assert used >= {"oralcam", "oralcam.errors"}
    assert used - public == set(INSIDE)


def test_private_names_are_found() -> None:
    tree = ast.parse("camera._link.request(5)\nself._link\nx.__class__\nf()._intake")
    assert sorted(private_names(tree)) == ["camera._link", "f()._intake"]
