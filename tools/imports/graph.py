"""The import graph of a source tree, by its syntax: late and type-only imports count as any other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

Graph = dict[str, set[str]]

# where modules are looked for, as on the paths of those who run them
ROOTS = ("host_sdk", "protocol", "firmware", "hil_tests/rig/firmware", "")
PACKAGES = (
    "host_sdk/oralcam",
    "protocol/oralcam_protocol",
    "firmware/camera_app",
    "firmware/boards",
    "hil_tests/rig/firmware/rig_app",
    "hil_tests/rig/firmware/rig_boards",
    "hil_tests",
    "tools",
)


def module_files(repository: Path, packages: tuple[str, ...] = PACKAGES) -> dict[str, Path]:
    """Return every module's name and file; a package is the module of its `__init__.py`."""
    files: dict[str, Path] = {}
    for package in packages:
        for file in sorted((repository / package).rglob("*.py")):
            files[_name(file.relative_to(repository))] = file
    return files


def _name(path: Path) -> str:
    text = path.as_posix()
    root = next(root for root in ROOTS if text.startswith(f"{root}/") or not root)
    name = text.removeprefix(f"{root}/").removesuffix(".py").replace("/", ".")
    return name.removesuffix(".__init__")


def import_graph(files: Mapping[str, Path]) -> Graph:
    """Return, for each module, the modules of `files` that it imports anywhere in its text."""
    return {
        name: {found for found in _imported(name, file, files) if found != name}
        for name, file in files.items()
    }


def _imported(name: str, file: Path, files: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(name, file, node)
            for alias in node.names:
                submodule = f"{module}.{alias.name}"
                if submodule in files:
                    yield submodule
                elif module in files:
                    yield module


def _absolute(name: str, file: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
