"""Every example runs by itself, prints what the index says, and leaves nothing behind."""

from __future__ import annotations

import ast
import fnmatch
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "host_sdk/examples"
FILES = sorted(EXAMPLES.glob("*.py"))
SAVES = {  # what an example saves in the folder that it runs in
    "capture.py": {".jpg"},
    "watch_presses.py": {".jpg"},
    "before_and_after.py": {".jpg"},
}
ROW = re.compile(
    r"^\| \[(?P<file>\S+\.py)\]\((?P=file)\) \| (?P<idea>.*?) \| (?P<prints>.*) \|$", re.MULTILINE
)
INDEX = {row["file"]: row for row in ROW.finditer((EXAMPLES / "README.md").read_text("utf-8"))}


def test_the_index_lists_every_example_once_and_says_its_idea() -> None:
    rows = [row["file"] for row in ROW.finditer((EXAMPLES / "README.md").read_text("utf-8"))]
    assert sorted(rows) == [path.name for path in FILES]
    for path in FILES:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))) == INDEX[path.name]["idea"]


@pytest.mark.parametrize("example", FILES, ids=lambda path: path.stem)
def test_an_example_prints_what_the_index_says_and_cleans_up(example: Path, tmp_path: Path) -> None:
    here, temporary, home = (tmp_path / name for name in ("here", "temporary", "home"))
    here.mkdir()
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, str(example)],
        cwd=here,
        env={
            **os.environ,
            "ORALCAM_HOME": str(home),
            "TMPDIR": str(temporary),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    promised = re.findall(r"`([^`]+)`", INDEX[example.name]["prints"])
    assert promised
    lines = [line.strip() for line in done.stdout.splitlines()]
    for pattern in promised:
        assert fnmatch.filter(lines, pattern.replace("[", "[[]").replace("…", "*")), (pattern, done.stdout)
    assert {path.suffix for path in here.iterdir()} == SAVES.get(example.name, set())
    assert list(temporary.iterdir()) == []
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_an_example_is_short() -> None:
    assert len(FILES) >= 20
    for path in FILES:
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 45, path.name
