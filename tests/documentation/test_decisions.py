"""docs/decisions: one page a choice, all of one form, all in the list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs/decisions"
PAGES = sorted(FOLDER.glob("0*.md"))
LIST = (FOLDER / "README.md").read_text("utf-8")


def test_they_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))
    assert len(PAGES) >= 12


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_form_a_figure_and_a_row(page: Path) -> None:
    text = page.read_text("utf-8")
    number, title = re.match(r"# (\d{4})\. (.+)\n\n\*(?:\d{4}-\d\d-\d\d)\*\n", text).groups()  # type: ignore[union-attr]
    assert page.name.startswith(number)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Decision", "Why", "What it costs"]
    assert re.search(r"\d", text.split("## Why")[1].split("## ")[0]), "no figure"
    assert f"| [{number}]({page.name}) | {title} |" in LIST
