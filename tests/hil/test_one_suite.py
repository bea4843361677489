"""The scenarios know no bench: what differs between benches is in their descriptions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HIL = Path(__file__).resolve().parents[2] / "hil_tests"
SCENARIOS = sorted((HIL / "scenarios").rglob("*.py"))
FORBIDDEN = (
    "hil_tests.cameras.emulated_camera",
    "hil_tests.cameras.vm_camera",
    "hil_tests.cameras.connected_camera",
    "hil_tests.instruments.emulated",
    "hil_tests.instruments.rig",
    "hil_tests.instruments.uhubctl",
    "hil_tests.instruments.vm",
    "hil_tests.rig",
    "oralcam.emulator",
    "tools",
)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_imports_no_bench(path: Path) -> None:
    names = [
        node.module or ""
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]
    assert [name for name in names if name.startswith(FORBIDDEN)] == []
    assert "isinstance(bench" not in path.read_text("utf-8")


def test_every_scenario_and_folder_is_in_the_readme() -> None:
    readme = (HIL / "README.md").read_text("utf-8")
    for path in (HIL / "scenarios").glob("test_*.py"):
        assert f"`{path.stem}`" in readme
    for path in HIL.iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            assert f"`{path.name}/`" in readme
