"""`python -m tools.generate --check`: what is generated is what the schema says, or CI fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from enum import IntEnum
from pathlib import Path

import pytest
from construct import Int8ul, Struct

import tools.generate.__main__ as generate
from oralcam_protocol.schema import enums
from oralcam_protocol.schema.messages import MESSAGES, EventsRequest
from tools.generate import layout, vectors

REPOSITORY = Path(__file__).resolve().parents[3]
GENERATED = (
    "oralcam_protocol/wire/enums.py",
    "oralcam_protocol/wire/codec.py",
    "vectors/messages.json",
    "vectors/refused.json",
    "vectors/frames.json",
    "README.md",
)


@pytest.fixture
def protocol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the protocol folder that the generator takes for the real one."""
    copy = tmp_path / "protocol"
    shutil.copytree(REPOSITORY / "protocol", copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)  # ruff formats by it
    monkeypatch.setattr(generate, "PROTOCOL", copy)
    return copy


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["generate", *arguments])
    return generate.main()


def replace_message(monkeypatch: pytest.MonkeyPatch, name: str, struct: Struct) -> None:
    """Let the schema define the message `name` so."""
    changed = tuple(each._replace(struct=struct) if each.name == name else each for each in MESSAGES)
    monkeypatch.setattr(layout, "MESSAGES", changed)
    monkeypatch.setitem(vectors.STRUCTS, name, struct)


def out_of_date(capsys: pytest.CaptureFixture[str]) -> set[str]:
    lines = capsys.readouterr().err.splitlines()
    return {line.split(" is out of date")[0].replace("\\", "/").removeprefix("protocol/") for line in lines}


def test_the_generated_files_are_up_to_date() -> None:
    path = os.pathsep.join([str(REPOSITORY / "protocol"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "tools.generate", "--check"],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_nothing_else_is_generated_than_is_tested_here() -> None:
    assert {path.relative_to(generate.PROTOCOL).as_posix() for path in generate.outputs()} == set(GENERATED)


def test_an_untouched_copy_passes(protocol: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--check") == 0


@pytest.mark.parametrize("name", GENERATED)
def test_an_altered_file_fails_the_check_and_is_named(
    name: str, protocol: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = protocol / name
    text = path.read_text("utf-8")
    altered = text.replace("1", "2", 1) if name != "README.md" else text.replace("| u32 |", "| u16 |", 1)
    assert altered != text
    path.write_text(altered, "utf-8")
    assert run(monkeypatch, "--check") == 1
    assert out_of_date(capsys) == {name}
    assert path.read_text("utf-8") == altered, "a check writes nothing"


def test_a_missing_file_fails_the_check_and_is_written_again(
    protocol: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = protocol / "vectors/frames.json"
    text = path.read_text("utf-8")
    path.unlink()
    assert run(monkeypatch, "--check") == 1
    assert out_of_date(capsys) == {"vectors/frames.json"}
    assert run(monkeypatch) == 0
    assert path.read_text("utf-8") == text
    assert run(monkeypatch, "--check") == 0


def test_a_field_appended_to_the_schema_fails_the_check(
    protocol: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_message(monkeypatch, "EventsRequest", Struct(*EventsRequest.subcons, "most" / Int8ul * "at most"))
    assert run(monkeypatch, "--check") == 1
    assert out_of_date(capsys) == set(GENERATED) - {"oralcam_protocol/wire/enums.py", "vectors/frames.json"}


def test_a_field_of_another_width_fails_the_check(
    protocol: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_message(monkeypatch, "EventsRequest", Struct("after" / Int8ul * "narrower"))
    assert run(monkeypatch, "--check") == 1
    assert {"oralcam_protocol/wire/codec.py", "vectors/messages.json"} <= out_of_date(capsys)


def test_a_number_added_to_an_enumeration_fails_the_check(
    protocol: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    members = {**{member.name: member.value for member in enums.Zone}, "CENTRE": 3}
    changed = IntEnum("Zone", members, module=enums.__name__)  # type: ignore[misc]
    changed.__doc__ = enums.Zone.__doc__
    monkeypatch.setattr(enums, "Zone", changed)
    assert run(monkeypatch, "--check") == 1
    # the codec too: it carries the hash that both sides compare
    assert out_of_date(capsys) == {
        "oralcam_protocol/wire/enums.py",
        "oralcam_protocol/wire/codec.py",
        "README.md",
    }
