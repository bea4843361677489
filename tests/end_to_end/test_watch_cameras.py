"""An emulator that appears and goes is seen: by the SDK, by `oralcam list --watch`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import oralcam
from oralcam.discovery.running_emulators import announced
from oralcam.emulator import Emulator
from tests.end_to_end import test_cli

TIMEOUT_S = test_cli.TIMEOUT_S


def test_an_emulator_that_appears_and_goes(oralcam_emulator: Emulator) -> None:
    changes = oralcam.watch_cameras(timeout=TIMEOUT_S)
    with announced(oralcam_emulator.serial_number, oralcam_emulator.port):
        arrived = next(changes)
        assert arrived.kind == "arrived"
        with oralcam.Camera.open(arrived.camera.port) as camera:
            assert camera.serial_number == arrived.camera.serial_number == oralcam_emulator.serial_number
    assert next(changes) == oralcam.CameraChange("left", arrived.camera)


def test_one_that_was_there_before_is_told_unless_it_is_not_wanted(oralcam_emulator: Emulator) -> None:
    with announced(oralcam_emulator.serial_number, oralcam_emulator.port):
        assert [each.kind for each in oralcam.watch_cameras(timeout=0.01)] == ["arrived"]
        assert list(oralcam.watch_cameras(timeout=0.01, present=False)) == []


@contextmanager
def watching(*words: str) -> Iterator[subprocess.Popen[str]]:
    """`oralcam list --watch`, once it looks."""
    process = subprocess.Popen(
        [sys.executable, "-m", "oralcam", "list", "--watch", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert process.stderr.readline() == "Watching for cameras. Ctrl-C ends.\n"
        yield process
    finally:
        process.kill()
        process.communicate(timeout=TIMEOUT_S)


def test_the_command_tells_each_change_at_once_as_json(oralcam_emulator: Emulator) -> None:
    with watching("--json") as process:
        assert process.stdout is not None
        with announced(oralcam_emulator.serial_number, oralcam_emulator.port):
            arrived = json.loads(process.stdout.readline())
        left = json.loads(process.stdout.readline())
    assert arrived == {
        "change": "arrived",
        "serial_number": oralcam_emulator.serial_number,
        "port": oralcam_emulator.port,
        "kind": "emulator",
        "product": "emulator",
        "ports": [oralcam_emulator.port],
        "trouble": "",
        "note": "",
    }
    assert left == {**arrived, "change": "left"}


def test_the_command_tells_a_person_too_until_ctrl_c(oralcam_emulator: Emulator) -> None:
    with announced(oralcam_emulator.serial_number, oralcam_emulator.port), watching() as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=TIMEOUT_S)
    assert line.split() == [
        "arrived",
        oralcam_emulator.serial_number,
        oralcam_emulator.port,
        "emulator",
        "emulator",
    ]
    assert (process.returncode, said, complained) == (130, "", "")


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_the_command_ends_when_nothing_changes(words: list[str]) -> None:
    done = test_cli.oralcam("list", "--watch", "--timeout", "0.1", *words)
    assert (done.code, done.out) == (0, "")


def test_a_timeout_without_a_watch_is_a_mistake() -> None:
    done = test_cli.oralcam("list", "--timeout", "1")
    assert done.code == 2
    assert "--timeout is for --watch" in done.err
