"""`oralcam emulator`: a camera in a process of its own, listed while it runs, gone without a trace."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.test_cli import TIMEOUT_S, oralcam

COMMAND = [sys.executable, "-m", "oralcam", "emulator"]


@contextmanager
def running(*words: str | Path) -> Iterator[tuple[subprocess.Popen[str], Any]]:
    """The command, and what its first line says."""
    with subprocess.Popen(
        [*COMMAND, "--json", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.terminate()
            process.wait(TIMEOUT_S)


def eventually(condition: Callable[[], bool]) -> bool:
    """Does it become true before a deadline?"""
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        if time.monotonic() > deadline:
            return False
        select.select([], [], [], 0.01)
    return True


def children_of(pid: int) -> list[int]:
    """Processes that `pid` started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    """No such process, or only its exit code is left."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_is_listed_while_it_runs_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with running("--serial", "DEMO-1") as (process, said):
        assert said["serial_number"] == "DEMO-1"
        assert said["pid"] == process.pid
        listed = oralcam("list", "--json")
        assert listed.code == 0
        assert listed.json == [
            {
                "serial_number": "DEMO-1",
                "port": said["port"],
                "kind": "emulator",
                "product": "emulator",
                "ports": [said["port"]],
                "trouble": "",
                "note": "",
            }
        ]
        assert f"DEMO-1         {said['port']}" in oralcam("list").out
        assert oralcam("capture", "--serial", "DEMO-1", "-o", tmp_path / "photo.jpg").code == 0
        firmware = children_of(process.pid)
        assert firmware
        process.send_signal(number)
        assert process.wait(TIMEOUT_S) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert all(map(is_gone, firmware))
    assert not Path(said["port"]).exists()
    assert oralcam("list", "--json").json == []


def test_a_killed_emulator_takes_its_firmware_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # nobody is left to tidy up
    with running() as (process, _):
        firmware = children_of(process.pid)
        process.kill()
        process.wait(TIMEOUT_S)
    assert eventually(lambda: all(map(is_gone, firmware)))
    assert oralcam("list", "--json").json == []


def test_it_says_how_to_use_it() -> None:
    done = oralcam("emulator", "--seconds", "0.2", "--serial", "DEMO-2")
    assert done.code == 0
    assert done.out.startswith("Emulator DEMO-2 runs on /")
    assert "  oralcam capture --port /" in done.out


def test_a_hand_presses(replay: Path, tmp_path: Path) -> None:
    with running("--replay", replay, "--press", "3") as (_, said):
        done = oralcam("watch", "--port", said["port"], "--out", tmp_path / "at once", "--count", "3")
        assert done.code == 0
    with running("--replay", replay, "--press-every", "0.1") as (_, said):
        done = oralcam("watch", "--port", said["port"], "--out", tmp_path / "by the clock", "--count", "3")
        assert done.code == 0
    assert len(list(tmp_path.glob("*/*.jpg"))) == 6


def test_a_tip_temperature() -> None:
    with running("--tip-temperature", "25.5") as (_, said):
        assert eventually(
            lambda: oralcam("health", "--port", said["port"], "--json").json["tip_temperature_c"] == 25.5
        )


def test_over_tcp(replay: Path, tmp_path: Path) -> None:
    with running("--replay", replay, "--tcp") as (_, said):
        assert said["url"].startswith("socket://127.0.0.1:")
        taken = oralcam("capture", "--port", said["url"], "-o", tmp_path / "photo.jpg")
        assert taken.code == 0
        busy = oralcam("emulator", "--tcp", said["url"].rpartition(":")[2])
        assert busy.code == 5
    assert (tmp_path / "photo.jpg").read_bytes() == replay.read_bytes()


def test_firmware_that_stops_is_told() -> None:
    with running() as (process, _):
        for pid in children_of(process.pid):
            os.kill(pid, signal.SIGKILL)
        assert process.wait(TIMEOUT_S) == 14


def test_keys(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    with subprocess.Popen([*COMMAND, "--json"], stdin=slave, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        os.write(master, b" ++-")
        done = oralcam("watch", "--port", said["port"], "--out", tmp_path / "photos", "--count", "1")
        assert done.code == 0
        assert eventually(
            lambda: oralcam("health", "--port", said["port"], "--json").json["tip_temperature_c"] == 35
        )
        os.write(master, b"q")
        assert process.wait(TIMEOUT_S) == 0
    assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)
