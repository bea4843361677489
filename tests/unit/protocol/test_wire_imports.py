"""What is flashed must not need more than the camera has."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

WIRE = Path(__file__).resolve().parents[3] / "protocol" / "oralcam_protocol" / "wire"
ALLOWED = {"struct", "binascii"}
FILES = sorted(WIRE.glob("**/*.py"))


def imports(node: ast.AST) -> Iterator[str]:
    """Every module that is imported when the code runs, wherever the import stands."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                for other in child.orelse:
                    yield from imports(other)
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, level=level):
                yield "." * level + (module or "")
            case ast.Call(func=ast.Name(id="__import__")):
                yield "__import__"
            case _:
                yield from imports(child)


def is_allowed(module: str) -> bool:
    return module in ALLOWED or f"{module}.".startswith("oralcam_protocol.wire.")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_wire_imports_struct_binascii_and_itself_only(path: Path) -> None:
    assert [module for module in imports(ast.parse(path.read_text("utf-8"))) if not is_allowed(module)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_word_type_checking_is_false_where_the_code_runs(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TYPE_CHECKING":
            assert ast.unparse(node.value) == "False"


def test_all_of_wire_is_looked_at() -> None:
    assert {"codec.py", "enums.py", "errors.py", "frame.py", "message.py", "transfer.py"} <= {
        path.name for path in FILES
    }


def test_a_forbidden_import_would_be_seen() -> None:
    source = "def late():\n    import os\nif x:\n    from typing import Any\nelse:\n    from . import frame\n"
    assert list(imports(ast.parse(source))) == ["os", "typing", "."]
    assert not is_allowed("oralcam_protocol.wireless")
    assert not is_allowed("oralcam_protocol.schema")
    assert is_allowed("oralcam_protocol.wire")
