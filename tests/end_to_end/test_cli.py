"""The command line itself: help, wrong command lines, errors. `oralcam` here runs the real command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from oralcam import __version__, errors
from oralcam.cli.command_table import COMMANDS, EXIT_CODES
from oralcam.cli.commands.guide import GUIDES
from oralcam.cli.main import GLOBAL_OPTIONS
from oralcam.emulator import Emulator

TIMEOUT_S = 60


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def oralcam(*words: str | Path) -> Done:
    """Run a command to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "oralcam", *map(str, words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    assert "Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_help_names_every_command_and_every_exit_code() -> None:
    done = oralcam("--help")
    assert done.code == 0
    for name, summary in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", done.out, re.MULTILINE)
    for code in EXIT_CODES:
        assert re.search(rf"^ +{code}  \S", done.out, re.MULTILINE)


def test_help_names_the_options_that_may_stand_before_a_command() -> None:
    named = oralcam("--help").out.partition("before or behind any command:")[2].partition("examples:")[0]
    assert set(re.findall(r"--\w+", named)) == set(GLOBAL_OPTIONS)


def test_help_names_every_page_of_the_guide() -> None:
    pages = COMMANDS["guide"].partition(": ")[2].casefold().split(", ")
    assert pages == list(GUIDES)


def test_every_error_of_the_package_has_its_exit_code_listed() -> None:
    kinds = [getattr(errors, name) for name in errors.__all__]
    assert {kind.exit_code for kind in kinds} <= set(EXIT_CODES)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples_and_json(name: str) -> None:
    done = oralcam(name, "--help")
    assert done.code == 0
    assert re.search(rf"examples:\n  oralcam {name}", done.out)
    assert "--json" in done.out


def test_version() -> None:
    assert oralcam("--version").out == f"oralcam {__version__}\n"


def test_without_a_command_there_is_help() -> None:
    done = oralcam()
    assert done.code == 2
    assert "exit codes:" in done.out


def test_options_of_every_command_may_stand_before_it() -> None:
    before, behind = oralcam("--json", "list"), oralcam("list", "--json")
    assert (before.code, before.out) == (behind.code, behind.out)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["frobnicate"], "There is no command 'frobnicate'"),
        (["--json"], "Name a command, too"),
        (["--trace", "x.trace"], "Name a command, too"),
        (["list", "--frobnicate"], "unrecognized arguments"),
        (["--trace", "x.trace", "list"], "list opens no camera"),
        (["--trace", "x.trace", "trace", "print", "y.trace"], "trace opens no camera"),
        (["guide", "--trace", "x.trace"], "guide opens no camera"),
        (["watch"], "--out"),
        (["watch", "--out", "x", "--count", "-1"], "-1 is not a number of 1 or more"),
        (["watch", "--out", "x", "--count", "0"], "0 is not a number of 1 or more"),
        (["watch", "--out", "x", "--timeout", "nan"], "nan is not a number"),
        (["capture", "--sharpest-of", "9"], "invalid choice"),
        (["capture", "--light", "disco"], "there is no disco"),
        (["light", "disco"], "invalid choice"),
        (["light", "even", "--anterior", "1"], "either a preset or levels"),
        (["emulator", "--tcp", "70000"], "not a TCP port"),
        (["emulator", "--serial", "a b"], "letters"),
        (["info", "--port", "COM3", "--emulator"], "different cameras"),
        (["info", "--serial", "OC-1", "--scene", "x.jpg"], "different cameras"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_one_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    done = oralcam(*words)
    assert done.code == 2
    assert done.err.startswith("oralcam: ")
    assert done.err.count("\n") == 1
    assert sentence in done.err
    assert not (tmp_path / "x").exists()


def test_with_json_an_error_is_an_object_too() -> None:
    done = oralcam("info", "--json")
    assert done.code == 3
    assert done.json["error"] == "camera-not-found"
    assert done.err == f"oralcam: {done.json['message']}\n"


@pytest.mark.parametrize("name", ["list", "info", "capture", "health", "light"])
def test_without_a_camera_the_emulator_is_named(name: str) -> None:
    done = oralcam(name)
    assert done.code == 3
    assert done.out == ""
    assert done.err.startswith("oralcam: No camera is connected")
    assert done.err.count("\n") == 1
    assert "--emulator" in done.err


def test_a_list_of_nothing_is_an_empty_list() -> None:
    done = oralcam("list", "--json")
    assert (done.code, done.json) == (3, [])


def test_a_camera_that_is_not_there_by_its_serial_number() -> None:
    assert oralcam("info", "--serial", "OC-7").code == 3


def test_info_says_how_it_is_connected(oralcam_emulator: Emulator) -> None:
    done = oralcam("info", "--port", oralcam_emulator.port, "--json")
    assert (done.json["transport"], done.json["why_not_bulk"]) == ("serial", "The port was named.")
    text = oralcam("info", "--port", oralcam_emulator.port).out
    assert re.search(r"^transport +serial$", text, re.MULTILINE)
    assert re.search(r"^why not bulk +The port was named\.$", text, re.MULTILINE)


def test_a_fault_of_our_own_is_a_sentence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = "import oralcam.discovery.cameras\ndel oralcam.discovery.cameras.list_cameras\n"
    (tmp_path / "sitecustomize.py").write_text(fault)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = oralcam("list", "--json")
    assert done.code == 70
    assert done.err.startswith("oralcam: internal error: ImportError(")
    assert done.err.count("\n") == 1
    assert done.json["error"] == "internal"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_the_output_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "oralcam", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=TIMEOUT_S,
        )
    assert done.returncode == 74
    assert done.stderr == "oralcam: The output cannot be written (No space left on device).\n"


def test_nobody_reads_the_output() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "oralcam", "list", "--json"],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=TIMEOUT_S,
        )
    finally:
        os.close(writer)
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
