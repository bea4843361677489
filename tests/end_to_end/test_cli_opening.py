"""What is on the port is no camera of ours, or not ours now: each its exit code and one sentence."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
import serial

from oralcam.emulator import Emulator
from tests.end_to_end.test_cli import oralcam
from tests.end_to_end.test_opening import Answer, device, of_major

PROMPT = b"-sh: oralcam: not found\r\n$ "
GPS = b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n"


@pytest.mark.parametrize("port", ["/dev/nothing", "COM77", "ttyACM7", "socket://127.0.0.1:1"])
def test_a_port_that_is_not_there(port: str) -> None:
    done = oralcam("info", "--port", port)
    assert done.code == 4
    assert done.err.startswith("oralcam: ")
    assert port in done.err


def test_a_port_that_another_program_holds(oralcam_emulator: Emulator) -> None:
    with serial.Serial(oralcam_emulator.port, exclusive=True):
        done = oralcam("info", "--port", oralcam_emulator.port, "--json")
    assert done.code == 5
    assert done.json["error"] == "port-in-use"
    if sys.platform == "linux":  # there the system tells who it is: this test
        assert f"(process {os.getpid()})" in done.err


@pytest.mark.parametrize(
    "answer",
    [lambda data: b"", lambda data: data + PROMPT, lambda data: GPS],
    ids=["silence", "shell", "gps"],
)
def test_no_camera(answer: Answer, tmp_path: Path) -> None:
    with device(answer) as port:
        done = oralcam("capture", "--port", port)
    assert done.code == 6
    assert done.err.count("\n") == 1
    assert port in done.err
    assert not list(tmp_path.glob("*.jpg"))


@pytest.mark.parametrize("major", [0, 2])
def test_another_major_version(major: int) -> None:
    with device(of_major(major)) as port:
        done = oralcam("info", "--port", port, "--json")
    assert done.code == 7
    assert json.loads(done.out)["error"] == "incompatible-firmware"
    assert "update" in done.err


@pytest.mark.parametrize("option", ["--scene", "--replay"])
@pytest.mark.parametrize("command", ["capture", "info", "emulator"])
def test_a_scene_that_is_no_picture(tmp_path: Path, command: str, option: str) -> None:
    (tmp_path / "notes.jpg").write_text("not a picture")
    (tmp_path / "empty").mkdir()
    for name in ("notes.jpg", "empty", "missing.jpg"):
        done = oralcam(command, option, tmp_path / name)
        assert done.code == 8
        assert done.err.count("\n") == 1
