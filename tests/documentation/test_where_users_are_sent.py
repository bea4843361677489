"""Sentences of the SDK send users to what they have: the wheel brings neither docs/ nor tools/."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.cli.command_table import COMMANDS
from oralcam.cli.commands.guide import GUIDES
from tests.end_to_end.test_cli import oralcam

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

REPOSITORY = Path(__file__).resolve().parents[2]
SDK = REPOSITORY / "host_sdk/oralcam"
NOT_IN_THE_WHEEL = re.compile(
    r"\b(docs|tools|tests|hil_tests|examples)/|python -m (?!oralcam)|\b[\w/]+\.md\b|\bmake \w+`"
)
IN_THE_CHECKOUT = re.compile(
    r"\b(docs|tools|tests|hil_tests|examples|firmware|host_sdk)/|python -m (?!oralcam)|\bmake [\w-]+`"
)
FOR_DEVELOPERS = {
    "cli/commands/guide.py": "reads the pages",
    "emulator/qemu_arm/images.py": "the bare-metal boards are built in a checkout",
    "version.py": "says what follows from a new number",
}
GUIDE = re.compile(r"oralcam guide ([a-z]\w*)")
COMMAND = re.compile(r"`oralcam ([a-z]+)")


def sentences() -> Iterator[tuple[str, str]]:
    """Every string of the SDK: docstrings, errors, help."""
    for path in sorted(SDK.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield str(path.relative_to(SDK)), node.value


def test_no_sentence_names_what_the_wheel_lacks() -> None:
    assert [
        (where, match[0])
        for where, text in sentences()
        for match in NOT_IN_THE_WHEEL.finditer(text)
        if where not in FOR_DEVELOPERS
    ] == []


def test_every_command_and_page_that_a_sentence_names_is_there() -> None:
    texts = list(sentences())
    commands = {match[1] for _, text in texts for match in COMMAND.finditer(text)}
    assert len(commands) > 5
    assert commands - set(COMMANDS) == set()
    pages = {match[1] for _, text in texts for match in GUIDE.finditer(text)}
    assert "usb" in pages
    assert pages - set(GUIDES) == set()


def test_the_wheel_carries_every_page() -> None:
    build = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    carried = build["targets"]["wheel"]["force-include"]
    guides = {source: target for source, target in carried.items() if source.startswith("docs/")}
    assert guides == {f"docs/{name}.md": f"oralcam/guides/{name}.md" for name in GUIDES}


@pytest.mark.parametrize("name", GUIDES)
def test_a_page_is_printed_without_a_link_to_what_the_wheel_lacks(name: str) -> None:
    done = oralcam("guide", name)
    assert (done.code, done.err) == (0, "")
    page = (REPOSITORY / f"docs/{name}.md").read_text("utf-8")
    kept = [line for line in page.splitlines() if "](" not in line and not line.startswith("<!--")]
    printed = done.out.splitlines()
    assert [line for line in kept if line not in printed] == []
    assert len(printed) <= len(page.splitlines())
    assert re.findall(r"\]\((?!https?:|#)[^()\s]+\)", done.out) == []
    assert {match[1] for match in GUIDE.finditer(done.out)} <= set(GUIDES)
    assert oralcam("guide", name, "--json").json == {"page": name, "text": done.out}


@pytest.mark.parametrize("name", GUIDES)
def test_a_page_says_where_a_file_or_program_of_the_checkout_is(name: str) -> None:
    for paragraph in re.split(r"\n\n|\n(?=[-|])", oralcam("guide", name).out):
        if IN_THE_CHECKOUT.search(paragraph):
            assert re.search(r"checkout|project's sources", paragraph), paragraph


def test_the_list_of_pages_has_their_titles() -> None:
    done = oralcam("guide")
    assert re.findall(r"^\w+", done.out, re.MULTILINE) == list(GUIDES)
    assert json.loads(oralcam("guide", "--json").out)["usb"].startswith("USB")


def test_a_page_that_does_not_exist_is_refused_with_those_that_do() -> None:
    done = oralcam("guide", "lens")
    assert done.code == 2
    assert "usb" in done.err
