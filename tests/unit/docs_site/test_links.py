"""Links of a page, mended for the site."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from tools.docs_site import repository as repository_module
from tools.docs_site.links import for_the_site
from tools.docs_site.repository import pages_outside, source_address

SOURCE = "https://code.dental/oralcam"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("README.md", "docs/usb.md", "docs/pictures/a.jpg", "protocol/README.md", "tools/one.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("page", "link", "mended"),
    [
        ("README.md", "[a](docs/usb.md#linux)", "[a](usb.md#linux)"),
        ("README.md", "![a](docs/pictures/a.jpg)", "![a](pictures/a.jpg)"),
        ("docs/usb.md", "[a](../protocol/README.md)", "[a](protocol/README.md)"),
        ("protocol/README.md", "[a](../docs/usb.md)", "[a](../usb.md)"),
        ("docs/usb.md", "[a](../tools/one.py)", f"[a]({SOURCE}/blob/main/tools/one.py)"),
        ("docs/usb.md", "[a](../tools)", f"[a]({SOURCE}/blob/main/tools)"),
        ("docs/usb.md", "[`a`](../tools)", f"[`a`]({SOURCE}/blob/main/tools)"),
        ("docs/usb.md", "[a](https://x.example/y)", "[a](https://x.example/y)"),
        ("docs/usb.md", "[a](#here)", "[a](#here)"),
        ("docs/usb.md", "[a](../gone.md)", "[a](../gone.md)"),  # MkDocs warns
        ("docs/usb.md", "`[a](../tools)`", "`[a](../tools)`"),
        ("docs/usb.md", "```\n[a](../tools)\n```", "```\n[a](../tools)\n```"),
    ],
)
def test_a_link_leads_where_it_led_in_the_repository(
    repository: Path, page: str, link: str, mended: str
) -> None:
    assert for_the_site(link, page, repository, SOURCE) == mended


def test_without_an_address_a_source_file_is_plain_text(repository: Path) -> None:
    assert for_the_site("see [a](../tools/one.py).", "docs/usb.md", repository, "") == "see a."


def test_pages_outside_are_found_and_hidden_ones_are_not(repository: Path) -> None:
    (repository / ".venv").mkdir()
    (repository / ".venv/x.md").touch()
    assert pages_outside(repository) == ["README.md", "protocol/README.md"]


@pytest.mark.parametrize(
    ("address", "known"), [("https://oralcam.example/source", ""), (SOURCE, SOURCE), (SOURCE + "/", SOURCE)]
)
def test_a_placeholder_is_no_address(repository: Path, address: str, known: str) -> None:
    (repository / "pyproject.toml").write_text(f'[project.urls]\nSource = "{address}"\n')
    assert source_address(repository) == known


def test_docstrings() -> None:
    assert doctest.testmod(repository_module).failed == 0
