"""What CONTRIBUTING promises: each recipe is followed, step by step, on a copy of the tree, and works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.recipe import REPOSITORY, Kitchen, steps

RECIPES = ("add-a-board.md", "add-a-command.md", "add-a-sink.md", "add-an-instrument.md")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", RECIPES)
def test_a_recipe_works(page: str, tmp_path: Path) -> None:
    kitchen = Kitchen(tmp_path / "tree")
    kitchen.follow(page)


@pytest.mark.parametrize("page", RECIPES)
def test_a_recipe_ends_with_its_own_test(page: str) -> None:
    assert any("/test_" in step.title for step in steps(page))
    assert any("pytest" in step.text for step in steps(page) if step.language == "sh")


def test_contributing_names_every_recipe() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    for page in (REPOSITORY / "docs/recipes").glob("*.md"):
        assert f"docs/recipes/{page.name}" in text


def test_a_step_that_no_longer_fits_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs/recipes").mkdir(parents=True)
    (tmp_path / "docs/recipes/page.md").write_text('```diff title="Makefile"\n-not there\n+there\n```\n')
    monkeypatch.setattr("tests.recipes.recipe.REPOSITORY", tmp_path)
    kitchen = Kitchen.__new__(Kitchen)
    kitchen.root = REPOSITORY
    with pytest.raises(AssertionError, match="does not hold, once"):
        kitchen.follow("page.md")
