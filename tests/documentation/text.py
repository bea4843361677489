"""The repository's own text: which files it has, and what of them is meant for people."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FENCED = re.compile(r"^( *)(```+)(.*?)\n(.*?)^\1\2`*\s*?$", re.M | re.S)


@cache
def files(*endings: str) -> tuple[Path, ...]:
    """What git knows or would add, by the ends of names."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout.split("\0")
    found = [REPOSITORY / name for name in sorted(set(listed)) if name.endswith(endings)]
    return tuple(path for path in found if path.is_file())


def pages() -> tuple[Path, ...]:
    """Every Markdown page."""
    return files(".md")


def name(path: Path) -> str:
    """From the repository's root."""
    return path.relative_to(REPOSITORY).as_posix()


def without_code(markdown: str) -> str:
    """A page without its fenced blocks."""
    return FENCED.sub("", markdown)


@cache
def said_in(path: Path) -> str:
    """What a file says to people: all of a page or a configuration, comments and docstrings of Python."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    ]
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = [
        ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, documented)
    ]
    return "\n".join([*comments, *docstrings])


def headings(markdown: str) -> set[str]:
    """The anchors of a page's headings, as repositories' browsers and MkDocs make them."""
    found = re.findall(r"^#+ (.+?)\s*$", without_code(markdown), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}
