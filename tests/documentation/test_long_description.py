"""README.md as a package index shows it: no link and no picture works only beside the repository's files."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from tools.long_description import long_description

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = "https://code.example/oralcam"
LINK = re.compile(r"\]\(([^()\s]+)\)")


def without_code(markdown: str) -> str:
    return re.sub(r"^```.*?^```$", "", markdown, flags=re.MULTILINE | re.DOTALL)


def test_every_relative_link_of_the_readme_leads_to_a_file() -> None:
    targets = LINK.findall(without_code((REPOSITORY / "README.md").read_text("utf-8")))
    relative = [target for target in targets if ":" not in target]
    assert len(relative) > 15
    for target in relative:
        assert (REPOSITORY / target.partition("#")[0]).exists(), target


def test_the_package_shows_the_readme_with_absolute_links() -> None:
    metadata = ProjectMetadata(os.fspath(REPOSITORY), PluginManager())
    assert metadata.core.readme_content_type == "text/markdown"
    source = metadata.core.urls["Source"]
    assert metadata.core.readme == long_description(REPOSITORY, source)
    targets = LINK.findall(without_code(metadata.core.readme))
    assert len(targets) > 15
    for target in targets:
        address, _, path = re.sub("/(blob|tree|raw)/main/", "|", target, count=1).partition("|")
        assert address == source, target
        assert (REPOSITORY / path).exists(), target
    assert f"]({source}/raw/main/docs/pictures/light.jpg)" in metadata.core.readme
    assert f"]({source}/tree/main/docs)" in metadata.core.readme


def test_code_and_absolute_links_stay_and_a_project_without_an_address_shows_no_dead_link(
    tmp_path: Path,
) -> None:
    (tmp_path / "docs").mkdir()
    text = "![a](docs/a.jpg) [b](docs) [c](https://c.example) `[d](e)`\n```\n[f](g)\n```\n[h](docs/h.md#i)\n"
    (tmp_path / "README.md").write_text(text)
    assert long_description(tmp_path, SOURCE + "/") == (
        f"![a]({SOURCE}/raw/main/docs/a.jpg) [b]({SOURCE}/tree/main/docs) [c](https://c.example) `[d](e)`\n"
        f"```\n[f](g)\n```\n[h]({SOURCE}/blob/main/docs/h.md#i)\n"
    )
    assert long_description(tmp_path, "") == " b [c](https://c.example) `[d](e)`\n```\n[f](g)\n```\nh\n"


@pytest.mark.parametrize("page", ["README.md", "host_sdk/examples/README.md"])
def test_pictures_are_there(page: str) -> None:
    path = REPOSITORY / page
    pictures = re.findall(r"!\[[^\]]+\]\(([^()\s]+)\)", path.read_text("utf-8"))
    assert pictures
    for picture in pictures:
        assert (path.parent / picture).is_file(), picture
