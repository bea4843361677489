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
from oralcam_protocol.schema import enums, messages
from oralcam_protocol.schema.messages import MESSAGES, EventsRequest
from tools.generate.files import outputs

REPOSITORY = Path(__file__).resolve().parents[3]
ENUMS, CODEC = "protocol/oralcam_protocol/wire/enums.py", "protocol/oralcam_protocol/wire/codec.py"
MESSAGES_JSON, REFUSED, FRAMES = (
    f"protocol/vectors/{name}.json" for name in ("messages", "refused", "frames")
)
SPECIFICATION = "protocol/README.md"
RIG = "hil_tests/rig/firmware/rig_app/messages.py"
SDK = ("host_sdk/oralcam/settings.py", "host_sdk/oralcam/aio/controls.py")
PHOTO = "host_sdk/oralcam/photo.py"
FROM_WIRE, TEXT = "host_sdk/oralcam/intake/from_wire.py", "host_sdk/oralcam/cli/photo_text.py"
PAGE = "docs/settings.md"
VERSION = "firmware/camera_app/version.py"
ALTERED = {  # something in each that a person might change by hand
    ENUMS: ("CAPTURE = 5", "CAPTURE = 6"),
    CODEC: ("SCHEMA_HASH = 0x", "SCHEMA_HASH = 0x1"),
    MESSAGES_JSON: ("1", "2"),
    REFUSED: ("1", "2"),
    FRAMES: ("1", "2"),
    SPECIFICATION: ("| u32 |", "| u16 |"),
    RIG: ("PRESS = 65", "PRESS = 66"),
    SDK[0]: ("(100, 100000)", "(100, 200000)"),
    SDK[1]: ("gain: float | None", "gain: int | None"),
    PHOTO: ("    gain: float", "    gain: int"),
    FROM_WIRE: ("wire.gain_milli / 1000", "wire.gain_milli / 100"),
    TEXT: ('    "gain",', '    "gains",'),
    PAGE: ("50..95", "50..96"),
    VERSION: ('VERSION = "', 'VERSION = "9'),
}
GENERATED = tuple(ALTERED)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of the generated files, in a folder that the generator takes for the repository."""
    for name in (*GENERATED, "pyproject.toml"):  # ruff formats by the last
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, tmp_path / name)
    monkeypatch.setattr(generate, "REPOSITORY", tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["generate", *arguments])
    return generate.main()


def replace_message(monkeypatch: pytest.MonkeyPatch, name: str, struct: Struct) -> None:
    """Let the schema define the message `name` so."""
    changed = tuple(each._replace(struct=struct) if each.name == name else each for each in MESSAGES)
    monkeypatch.setattr(messages, "MESSAGES", changed)


def out_of_date(capsys: pytest.CaptureFixture[str]) -> set[str]:
    lines = capsys.readouterr().err.splitlines()
    return {line.split(" is out of date")[0] for line in lines}


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
    assert set(outputs(REPOSITORY)) == set(GENERATED)


def test_an_untouched_copy_passes(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--check") == 0


@pytest.mark.parametrize("name", GENERATED)
def test_an_altered_file_fails_the_check_and_is_named(
    name: str, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / name
    text = path.read_text("utf-8")
    altered = text.replace(*ALTERED[name], 1)
    assert altered != text
    path.write_text(altered, "utf-8")
    assert run(monkeypatch, "--check") == 1
    assert out_of_date(capsys) == {name}
    assert path.read_text("utf-8") == altered, "a check writes nothing"


def test_a_missing_file_fails_the_check_and_is_written_again(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / FRAMES
    text = path.read_text("utf-8")
    path.unlink()
    assert run(monkeypatch, "--check") == 1
    assert out_of_date(capsys) == {FRAMES}
    assert run(monkeypatch) == 0
    assert path.read_text("utf-8") == text
    assert run(monkeypatch, "--check") == 0


def test_a_field_appended_to_the_schema_fails_the_check(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_message(monkeypatch, "EventsRequest", Struct(*EventsRequest.subcons, "most" / Int8ul * "at most"))
    assert run(monkeypatch, "--check") == 1
    assert out_of_date(capsys) == {CODEC, MESSAGES_JSON, REFUSED, SPECIFICATION}


def test_a_field_of_another_width_fails_the_check(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_message(monkeypatch, "EventsRequest", Struct("after" / Int8ul * "narrower"))
    assert run(monkeypatch, "--check") == 1
    assert {CODEC, MESSAGES_JSON} <= out_of_date(capsys)


def test_a_number_added_to_an_enumeration_fails_the_check(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    members = {**{member.name: member.value for member in enums.Zone}, "CENTRE": 3}
    changed = IntEnum("Zone", members, module=enums.__name__)  # type: ignore[misc]
    changed.__doc__ = enums.Zone.__doc__
    monkeypatch.setattr(enums, "Zone", changed)
    assert run(monkeypatch, "--check") == 1
    # the codec too: it carries the hash that both sides compare
    assert out_of_date(capsys) == {ENUMS, CODEC, SPECIFICATION}
