"""The site's navigation and API pages: every page has a place, every public name is on a page."""

from __future__ import annotations

import re
from pathlib import Path

import oralcam
from tools.api.modules import exports, is_public, load, modules

REPOSITORY = Path(__file__).resolve().parents[3]


def test_every_public_name_of_oralcam_is_on_a_page() -> None:
    pages = "\n".join(page.read_text("utf-8") for page in (REPOSITORY / "docs/api").glob("*.md"))
    shown = set(re.findall(r"^::: oralcam\.(\w+)", pages, re.MULTILINE))
    shown |= set(", ".join(re.findall(r"members: \[(.+)\]", pages)).split(", "))
    errors = {
        name
        for name in oralcam.__all__
        if isinstance(getattr(oralcam, name), type)
        and issubclass(getattr(oralcam, name), oralcam.OralcamError)
    }
    assert "errors" in shown
    assert set(oralcam.__all__) - shown - errors - {"__version__"} == set()


def test_every_name_of_every_public_module_is_on_a_page() -> None:
    pages = "\n".join(page.read_text("utf-8") for page in (REPOSITORY / "docs/api").glob("*.md"))
    shown = set(re.findall(r"^::: ([\w.]+)$", pages, re.MULTILINE)) - {"oralcam"}  # its names: tested above
    public = {
        f"{module.path}.{name}": module.members[name].canonical_path
        for module in modules(load())
        if is_public(module)
        for name in exports(module)
    }
    described = {home for path, home in public.items() if {path, path.rpartition(".")[0]} & shown}
    of_oralcam = {home for path, home in public.items() if path.count(".") == 1}
    assert {path for path, home in public.items() if home not in described | of_oralcam} == set()


def test_nothing_of_the_site_is_fetched() -> None:
    text = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    assert "font: false" in text
    assert "http" not in text
