"""`oralcam watch`: a file and a line for each press, at once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from tests.end_to_end.test_cli import TIMEOUT_S, oralcam


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay) as running:
        yield running


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "photos"


def watching(emulator: Emulator, out: Path, *words: str) -> subprocess.Popen[str]:
    """`oralcam watch`, once it waits for presses."""
    process = subprocess.Popen(
        [sys.executable, "-m", "oralcam", "watch", "--port", emulator.port, "--out", str(out), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert emulator.serial_number in process.stderr.readline()
    return process


def test_every_press_becomes_a_file_and_a_line(emulator: Emulator, out: Path, replay: Path) -> None:
    with watching(emulator, out, "--count", "3", "--json") as process:
        assert process.stdout is not None
        for number in range(1, 4):
            emulator.bench.press()
            photo = json.loads(process.stdout.readline())  # it comes with the photo, not at the end
            assert Path(photo["path"]) == out / f"{emulator.serial_number}-{number:06d}.jpg"
            assert (photo["trigger"], photo["press_number"]) == ("button", number)
            assert Path(photo["path"]).read_bytes() == replay.read_bytes()
        assert process.wait(TIMEOUT_S) == 0
    assert len(list(out.iterdir())) == 3


def test_presses_from_before_are_not_lost(emulator: Emulator, out: Path) -> None:
    emulator.bench.press()
    assert emulator.bench.wait_until(lambda bench: "taken" in bench.shown)
    done = oralcam("watch", "--port", emulator.port, "--out", out, "--count", "1", "--timeout", "10")
    assert done.code == 0
    assert done.out.startswith(f"{out}/{emulator.serial_number}-000001.jpg  (press 1; ")


def test_ctrl_c_ends_it_and_gives_the_camera_back(emulator: Emulator, out: Path) -> None:
    with watching(emulator, out) as process:
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 130
    assert (said, complained) == ("", "")
    assert oralcam("info", "--port", emulator.port).code == 0


def test_sigterm_ends_it_too(emulator: Emulator, out: Path) -> None:
    with watching(emulator, out) as process:
        process.terminate()
        _, complained = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, complained) == (143, "")


def test_a_refused_press_is_told(emulator: Emulator, out: Path) -> None:
    with watching(emulator, out) as process:
        assert process.stderr is not None
        emulator.bench.break_sensor()
        emulator.bench.press()
        assert "Press 1 became no photo: its image sensor failed" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=TIMEOUT_S)


def test_an_unplugged_camera_is_told_and_waited_for(emulator: Emulator, out: Path) -> None:
    with watching(emulator, out, "--count", "2") as process:
        assert process.stderr is not None
        assert process.stdout is not None
        emulator.bench.press()
        assert "(press 1; " in process.stdout.readline()
        emulator.unplug()
        assert "Waiting for it to come back" in process.stderr.readline()
        emulator.plug_in()
        assert "It is back on" in process.stderr.readline()
        emulator.bench.press()
        said, _ = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 0
    assert said.count("\n") == 1


def test_one_that_does_not_come_back_in_time_is_an_error(emulator: Emulator, out: Path) -> None:
    with watching(emulator, out, "--timeout", "1") as process:
        emulator.unplug()
        _, complained = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 12
    assert "Waiting for it" in complained
    assert "unplugged or lost power" in complained.splitlines()[-1]


def test_a_photo_that_a_reset_took_is_told(emulator: Emulator, out: Path) -> None:
    emulator.bench.press()
    assert emulator.bench.wait_until(lambda bench: "taken" in bench.shown)
    emulator.reset()
    done = oralcam("watch", "--port", emulator.port, "--out", out, "--timeout", "0.2")
    assert done.code == 0
    assert "The photo of press 1 was lost by a reset of the camera: take it again." in done.err


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--count", "2"], 1)])
def test_it_ends_when_nobody_presses(emulator: Emulator, out: Path, words: list[str], code: int) -> None:
    done = oralcam("watch", "--port", emulator.port, "--out", out, "--timeout", "0.2", *words)
    assert done.code == code
    assert ("0 of 2 photos came" in done.err) == bool(code)


def test_a_folder_that_cannot_be_written_is_told_before_anything_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file", tmp_path / "file/photos", tmp_path / "missing/photos", Path("/proc")):
        done = oralcam("watch", "--out", place)  # no camera either: the folder comes first
        assert done.code == 9
        assert done.err.count("\n") == 1
