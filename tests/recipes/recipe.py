"""A recipe's page, followed to the letter on a copy of the tree.

A fenced block with a `title` is a step: `diff` changes the file of that name, any other language writes it.
Blocks of `sh` are commands. What has neither is shown, not done.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TREE = ("firmware", "hil_tests", "host_sdk", "protocol", "tests", "tools", "pyproject.toml", "README.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "corpus", "recordings", "*.egg-info")
BLOCK = re.compile(r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.M | re.S)
TIMEOUT_S = 300


@dataclass(frozen=True)
class Step:
    """One fenced block of a page."""

    language: str
    title: str
    text: str


def steps(page: str) -> list[Step]:
    """The blocks of docs/recipes/`page`, in order."""
    text = (REPOSITORY / "docs/recipes" / page).read_text("utf-8")
    return [Step(block["language"], block["title"] or "", block["text"]) for block in BLOCK.finditer(text)]


class Kitchen:
    """A copy of the tree in which a recipe is followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in TREE:
            source = REPOSITORY / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=LEFT_OUT, symlinks=True)
            else:
                shutil.copy(source, root / name)
        for name in ("corpus", "recordings"):
            (root / "tests" / name).symlink_to(REPOSITORY / "tests" / name)

    def follow(self, page: str) -> None:
        """Do every step; the Python that was written passes the linter, and arrows still point one way."""
        written = []
        for step in steps(page):
            if step.language == "sh":
                for line in commands(step.text):
                    self.run(line)
            elif step.title:
                self._change(step) if step.language == "diff" else self._write(step)
                written += [step.title] if step.title.endswith(".py") else []
        self.run("ruff check " + " ".join(written))
        self.run("ruff format --check " + " ".join(written))
        self.run("lint-imports --no-cache")

    def run(self, line: str) -> str:
        """A command's output; it must end with 0."""
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(
                str(self.root / folder)
                for folder in ("host_sdk", "protocol", "firmware", "hil_tests/rig/firmware", ".")
            ),
            "ORALCAM_HOME": str(self.root / ".home"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(
            shlex.split(line, comments=True),
            cwd=self.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _write(self, step: Step) -> None:
        file = self.root / step.title
        assert not file.exists(), f"{step.title} is there already: the recipe adds it"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(step.text, "utf-8")

    def _change(self, step: Step) -> None:
        file = self.root / step.title
        text = file.read_text("utf-8")
        lines = [line or " " for line in step.text.splitlines()]
        before = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
        after = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
        assert text.count(before) == 1, f"{step.title} does not hold, once:\n{before}"
        file.write_text(text.replace(before, after), "utf-8")


def commands(text: str) -> list[str]:
    """The lines of a block of `sh`."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
