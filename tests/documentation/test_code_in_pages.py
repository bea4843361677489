"""Every block of Python and every command on every page runs, or is listed here with the reason why not."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from oralcam.cli.command_table import COMMANDS
from oralcam.cli.main import _behind_the_command
from oralcam.cli.parsing import command_parser
from oralcam.emulator import Emulator
from tests.documentation.text import FENCED, REPOSITORY, name, pages

# pages whose Python needs something around it: which test runs all of it
RUN_BY = {
    "README.md": "tests/documentation/test_readme.py",
    "docs/dicom.md": "tests/documentation/test_dicom_page.py",
    "docs/jpeg.md": "tests/unit/jpeg/test_documentation.py",
    "docs/quality.md": "tests/documentation/test_quality_page.py",
    "docs/records.md": "tests/documentation/test_readme.py",
    "docs/usb.md": "tests/documentation/test_usb_page.py",
    "protocol/README.md": "tests/documentation/test_readme.py",
}
FOLLOWED = "docs/recipes/"  # by tests/recipes, diffs and commands included
NOT_RUN = {"tools/testbeds/usb_vm/README.md": "it runs inside the USB VM: tests/usb_vm use the same names"}

# commands that a test does not run to their end: why, or what does
LISTED = {
    r"pip install ": "fetches packages; every environment of CI is made so",
    r"python capture\.py$": "tests/documentation/test_examples.py runs every example",
    r"(sudo|mpremote) ": "changes the computer, or a board",
    r"oralcam udev --print \| sudo": "changes the computer; oralcam udev --print runs above",
    r"pytest hil_tests": "stages of .ci/run: the emulator, and the VM; the other benches are the reader's",
    r"python -m hil_tests\.labgrid ": "tests/labgrid runs it, with labgrid's programs",
    r"python -m tools\.benchmarks": "minutes; tests/documentation/test_performance_page.py parses them",
    r"python -m tools\.testbeds\.qemu_arm": "a stage of .ci/run builds and counts",
    r"python -m tools\.faults\.power_cuts": "tests/qemu_arm runs it; a thousand cuts are for .ci/long",
    r"ORALCAM_BOARD=qemu-arm pytest": "a stage of .ci/run",
    r"python -m tools\.testbeds\.usb_vm": "a stage of .ci/run boots the VM",
    r"python -m tools\.release v": "a release that is to come; tests/unit/repository/test_release.py",
    r"python -m build": "a release's; tests/end_to_end/test_wheel.py builds the wheel",
    r"bash \.ci/(run|long)$": "they run these tests",
}
ENDLESS = re.compile(
    r"oralcam (--trace \S+ )?(watch|emulator|visit|list --watch)"
)  # tests/end_to_end/test_cli_*.py
CODES = {"list": {0, 3}, "quality": {0, 1}}  # no camera; a warning


def blocks(language: str) -> list[tuple[str, str]]:
    """Each block in a language: its page and its text."""
    return [
        (name(page), block[4])
        for page in pages()
        if not name(page).startswith(FOLLOWED)
        for block in FENCED.finditer(page.read_text("utf-8"))
        if block[3].split(" ")[0] == language
    ]


def lines() -> list[tuple[str, str]]:
    """Each command: its page and its line, without the comment behind it."""
    return [
        (page, re.sub(r"\s+# .*", "", line).strip())
        for page, text in blocks("sh")
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    ]


PYTHON = [(page, text) for page, text in blocks("python") if page not in RUN_BY and page not in NOT_RUN]
OWN = [(page, line) for page, line in lines() if line.startswith("oralcam ") and " | sudo" not in line]


@pytest.mark.parametrize(("page", "text"), PYTHON, ids=[page for page, _ in PYTHON])
def test_python_runs_as_it_stands(
    page: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    exec(compile(text, page, "exec"), {"__name__": "page"})


def test_whoever_runs_a_page_says_so_and_no_list_is_stale() -> None:
    with_python = {page for page, _ in blocks("python")}
    assert set(RUN_BY) | set(NOT_RUN) <= with_python
    for page, test in RUN_BY.items():
        said = (REPOSITORY / test).read_text("utf-8")
        assert re.search(rf"(?<![\w/]){re.escape(page)}", said), f"{test} does not name {page}"
    commands = [line for _, line in lines()]
    for pattern in LISTED:
        assert any(re.match(pattern, line) for line in commands), pattern


def test_no_command_is_neither_run_nor_listed() -> None:
    assert [
        (page, line)
        for page, line in lines()
        if (page, line) not in OWN
        and not line.startswith("make ")
        and not runs_an_example(page, line)
        and not any(re.match(pattern, line) for pattern in LISTED)
    ] == []


def runs_an_example(page: str, line: str) -> bool:
    """Is it `python FILE` beside the page? Each example is run by a test of its own."""
    words = line.split()
    return (
        words[0] == "python"
        and words[1].endswith(".py")
        and (REPOSITORY / page).with_name(words[1]).is_file()
    )


def test_every_make_target_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {line.split()[1] for _, line in lines() if line.startswith("make ")}
    assert named
    assert named - targets == set()


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the pages' commands take: photos."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "photos").mkdir()
    with pytest.MonkeyPatch.context() as environment, Emulator() as emulator:
        environment.setenv("ORALCAM_HOME", str(folder / "home"))
        import oralcam

        with oralcam.Camera.open(emulator) as camera:
            jpeg = camera.capture().jpeg
    for file in ("molar.jpg", "photos/1.jpg"):
        (folder / file).write_bytes(jpeg)
    return folder


@pytest.mark.parametrize(("page", "line"), OWN, ids=[line for _, line in OWN])
def test_a_command_is_understood_and_runs_if_it_ends(page: str, line: str, somewhere: Path) -> None:
    words = _behind_the_command(shlex.split(line.rstrip("…").strip())[1:])
    if words[0] in COMMANDS:
        command = import_module(f"oralcam.cli.commands.{words[0]}")
        parser = command_parser(words[0], COMMANDS[words[0]], command.EXAMPLES)
        command.add_arguments(parser)
        if "…" not in line:
            parser.parse_args(words[1:])
    else:
        assert words[0] in ("--help", "--version"), page
    if ENDLESS.match(line):
        return
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=somewhere,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "ORALCAM_HOME": str(somewhere / "home")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in CODES.get(words[0], {0}), done.stderr
