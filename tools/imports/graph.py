"""The import graph of a source tree, by its syntax.

Late and type-only imports count as any other, and so do `import_module("a.b")`, `__import__("a.b")` and the
use of `a.b` behind `import a`. A name that is put together at run time is not seen.
"""

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
    "firmware/drivers",
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


def modules_called(tree: ast.AST) -> Iterator[str]:
    """Yield what is imported by a call, where the call says it literally."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in ("import_module", "__import__") and isinstance(first, ast.Constant):
                yield str(first.value)


def _imported(name: str, file: Path, files: Mapping[str, Path]) -> Iterator[str]:
    tree = ast.parse(file.read_text("utf-8"))
    bound: dict[str, str] = {}  # what a name in the file stands for, if for a module
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
            for alias in node.names:
                top = alias.name.partition(".")[0]
                bound[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(name, file, node)
            for alias in node.names:
                submodule = f"{module}.{alias.name}"
                if submodule in files:
                    yield submodule
                    bound[alias.asname or alias.name] = submodule
                elif module in files:
                    yield module
    yield from (module for module in modules_called(tree) if module in files)
    used = (_dotted(node, bound) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    yield from (module for module in used if module in files)


def _dotted(node: ast.expr, bound: Mapping[str, str]) -> str:
    """Return `a.b.c` for such an expression that begins with a module; "" for any other."""
    if isinstance(node, ast.Name):
        return bound.get(node.id, "")
    base = _dotted(node.value, bound) if isinstance(node, ast.Attribute) else ""
    return f"{base}.{node.attr}" if base and isinstance(node, ast.Attribute) else ""


def _absolute(name: str, file: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
