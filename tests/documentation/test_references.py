"""Whatever the repository cites is in the repository."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from tests.documentation.text import REPOSITORY, files, headings, name, pages, said_in, without_code

LINK = re.compile(r"\]\(([^()\s]+)\)")
ADDRESS = re.compile(r"[a-z]+:")
FOLDERS = "docs|firmware|hil_tests|host_sdk|protocol|tests|tools|examples|vectors"
PATH = re.compile(rf"(?<![\w./-])((?:{FOLDERS})/[\w./-]*[\w/])(?![\w*<{{\\])")
PAGE = re.compile(r"(?<![\w./<-])([\w./-]*[\w-]\.md)\b")
MODULE = re.compile(r"python -m ((?:tools|hil_tests|oralcam)[\w.]*)")
OUTSIDE = re.compile(r"\.\./shared|\bshared/(?:design|reference|cases)|\bhouse\.md\b|\bdesign page")
SPOKEN = files(".md", ".py", ".toml", ".sh", ".yml", ".yaml", "Makefile", ".ci/run", ".ci/long")
ROOTS = tuple(REPOSITORY / folder for folder in ("", "host_sdk", "docs", "hil_tests"))
# they name files that following them makes
MAKING = ("docs/recipes/", "tests/recipes/")
# no citations: addresses, and places in the wheel
FOREIGN = re.compile(r"//|oralcam/guides/")


def ids(paths: tuple[Path, ...]) -> list[str]:
    return [name(path) for path in paths]


@pytest.mark.parametrize("page", pages(), ids=ids(pages()))
def test_every_link_of_a_page_leads_somewhere_in_the_repository(page: Path) -> None:
    for target in LINK.findall(without_code(page.read_text("utf-8"))):
        if ADDRESS.match(target):
            continue
        file, _, anchor = target.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name(page)), file)) if file else name(page)
        assert not path.startswith(".."), f"{target} lies outside of the repository"
        assert (REPOSITORY / path).exists(), f"{target} is not there"
        if anchor and path.endswith(".md"):
            assert anchor in headings((REPOSITORY / path).read_text("utf-8")), f"{target}: no such heading"


@pytest.mark.parametrize("page", pages(), ids=ids(pages()))
def test_no_page_shows_what_has_to_be_fetched(page: Path) -> None:
    shown = re.findall(r"!\[[^\]]*\]\(([^()\s]+)\)", page.read_text("utf-8"))
    assert [target for target in shown if ADDRESS.match(target)] == []


def test_every_path_and_page_that_a_text_names_is_there() -> None:
    missing = []
    for file in SPOKEN:
        if name(file).startswith(MAKING):
            continue
        text = said_in(file)
        cited = {each for each in (*PATH.findall(text), *PAGE.findall(text)) if not FOREIGN.match(each)}
        missing += [(name(file), named) for named in cited if not there(file, named)]
    assert missing == []


def there(file: Path, named: str) -> bool:
    """Is it in the repository: from one of `ROOTS`, or beside the file that names it?"""
    bare = named.rstrip("/.").partition("::")[0]
    if any((root / bare).exists() for root in (file.parent, *ROOTS)):
        return True
    return "/" not in bare and any(page.name == bare for page in pages())


def test_every_module_that_a_text_runs_is_there() -> None:
    missing = []
    for file in SPOKEN:
        for module in set(MODULE.findall(said_in(file))):
            path = module.rstrip(".").replace(".", "/")
            candidates = [
                f"{root}{path}{end}" for root in ("", "host_sdk/") for end in (".py", "/__main__.py")
            ]
            if not any((REPOSITORY / candidate).exists() for candidate in candidates):
                missing.append((name(file), module))
    assert missing == []


def test_nothing_cites_what_lies_outside() -> None:
    mine = Path(__file__).resolve()
    found = [
        (name(file), match[0])
        for file in SPOKEN
        if file != mine
        for match in OUTSIDE.finditer(file.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("see docs/performance-figures.md", "docs/performance-figures.md"),
        ("`tools/bench` measures", "tools/bench"),
        ("(firmware.md has it)", "firmware.md"),
    ],
)
def test_a_citation_of_what_is_not_there_is_found(text: str, named: str) -> None:
    assert named in {*PATH.findall(text), *PAGE.findall(text)}
    assert not there(REPOSITORY / "README.md", named)


@pytest.mark.parametrize("text", ["see ../shared/design/record.md", "as in shared/reference/x"])
def test_what_lies_outside_is_found(text: str) -> None:
    assert OUTSIDE.search(text)
