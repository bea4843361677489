"""No circle of files or of folders anywhere, and the search for them finds each kind."""

from __future__ import annotations

import ast
import doctest
from pathlib import Path

import pytest

from tools.imports import circles as circles_module
from tools.imports.circles import circles, folder_circles
from tools.imports.floors import root_packages
from tools.imports.graph import PACKAGES, Graph, import_graph, module_files, modules_called

REPOSITORY = Path(__file__).resolve().parents[3]


# Imports by a call, and why each may be. The first two modules hold nothing but the old name of what moved to
# a higher floor, which earlier versions documented, and reach for it only when a program asks them.
BY_A_CALL = {
    "oralcam.emulator.registry": "oralcam.discovery.running_emulators",
    "oralcam.emulator.usb_host": "oralcam.testing.usb.host",
    "boards.qemu_arm.port.frozen._boot": "main",  # whichever program is frozen beside it, never the rig's
}


def the_tree() -> Graph:
    """Return the import graph of this repository, without those arrows."""
    graph = import_graph(module_files(REPOSITORY))
    for module, found in BY_A_CALL.items():
        graph[module].remove(found)
    return graph


def test_every_package_of_the_rules_is_looked_at() -> None:
    packages = root_packages(REPOSITORY / "pyproject.toml")
    assert sorted(Path(package).name for package in PACKAGES) == sorted(packages)


def test_no_two_files_import_one_another() -> None:
    graph = the_tree()
    assert len(graph) > 300, "the tree was not found"
    assert circles(graph) == []


def test_no_two_folders_import_one_another() -> None:
    assert folder_circles(the_tree()) == []


def test_nothing_else_imports_by_a_call() -> None:
    files = module_files(REPOSITORY)
    called = {
        (module, found)
        for module, file in files.items()
        for found in modules_called(ast.parse(file.read_text("utf-8")))
        if found in files
    }
    assert called == set(BY_A_CALL.items()), "import-linter does not see an import by a call"


LATE = "def call():\n    from tools.two import x\n"
TYPE_ONLY = "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from tools.two import X\n"
CALLED = "import importlib\nimportlib.import_module('tools.two').f()\n"
DUNDER = "__import__('tools.two')\n"
USED = "import tools\ntools.two.f()\n"


@pytest.mark.parametrize(
    "first",
    [
        "import tools.two",
        "from tools import two",
        "from . import two",
        LATE,
        TYPE_ONLY,
        CALLED,
        DUNDER,
        USED,
        USED.replace("tools\n", "tools as t\n").replace("tools.two", "t.two"),
    ],
)
def test_a_circle_of_files_is_found_however_it_is_written(tmp_path: Path, first: str) -> None:
    write(tmp_path, {"one": first, "two": "from tools.one import y"})
    graph = import_graph(module_files(tmp_path, ("tools",)))
    assert [sorted(set(circle)) for circle in circles(graph)] == [["tools.one", "tools.two"]]


def test_a_circle_of_folders_without_one_of_files_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"a/x": "import tools.b.y", "a/w": "", "b/y": "", "b/z": "import tools.a.w"})
    graph = import_graph(module_files(tmp_path, ("tools",)))
    assert circles(graph) == []
    assert [sorted(set(circle)) for circle in folder_circles(graph)] == [["tools.a", "tools.b"]]


def test_a_package_that_imports_what_imports_it_is_a_circle(tmp_path: Path) -> None:
    write(tmp_path, {"__init__": "from tools.one import x", "one": "from tools import y"})
    graph = import_graph(module_files(tmp_path, ("tools",)))
    assert [sorted(set(circle)) for circle in circles(graph)] == [["tools", "tools.one"]]


def test_arrows_that_point_one_way_are_no_circle(tmp_path: Path) -> None:
    write(tmp_path, {"a/x": "import tools.b.y", "b/y": "import tools.c", "c": ""})
    graph = import_graph(module_files(tmp_path, ("tools",)))
    assert (circles(graph), folder_circles(graph)) == ([], [])


def test_every_circle_of_several_is_told(tmp_path: Path) -> None:
    write(
        tmp_path, {"a": "import tools.b", "b": "import tools.a", "c": "import tools.d", "d": "import tools.c"}
    )
    graph = import_graph(module_files(tmp_path, ("tools",)))
    assert sorted(sorted(set(circle)) for circle in circles(graph)) == [
        ["tools.a", "tools.b"],
        ["tools.c", "tools.d"],
    ]


def test_docstrings() -> None:
    assert doctest.testmod(circles_module).failed == 0


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / "tools" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
