"""The same firmware without an operating system: photos, presses, memory, what host and board agree on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from boards.qemu_arm import layout
from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.emulator.qemu_arm import shared_memory
from oralcam.errors import EmulatorError

HALF_OF_THE_HEAP = 128 * 1024
PATIENCE_S = 60.0


@pytest.mark.parametrize("name", ["SETTINGS", "FRAME", "PHOTOS", "FLASH"])
def test_host_and_board_mean_the_same_places(name: str) -> None:
    assert getattr(shared_memory, name) == getattr(layout, name)


def test_ten_photos_are_the_sensors_bytes_and_half_of_the_heap_stays_free(
    emulator: Emulator, replay: Path
) -> None:
    with Camera.open(emulator) as camera:
        for _ in range(10):
            assert camera.capture().jpeg == replay.read_bytes()
        health = camera.health()
    assert health.heap_free_bytes >= HALF_OF_THE_HEAP
    assert health.heap_free_bytes + health.heap_used_bytes <= 256 * 1024
    assert (health.task_restarts, health.frames_damaged, health.write_stalls) == (0, 0, 0)


def test_a_press_becomes_a_photo(emulator: Emulator, replay: Path) -> None:
    with Camera.open(emulator) as camera:
        emulator.bench.press()
        photo = camera.next_press(timeout=PATIENCE_S)
        assert photo is not None
        assert (photo.press_number, photo.jpeg) == (1, replay.read_bytes())


def test_photos_in_flash_outlive_the_power_and_those_in_psram_are_reported(replay: Path) -> None:
    for store in ("flash", "psram"):
        with Emulator(replay=replay, board="qemu-arm", store=store) as emulator:
            emulator.bench.press()
            assert emulator.bench.wait_until(lambda bench: len(bench.accepted) == 1, PATIENCE_S)
            emulator.unplug()
            emulator.plug_in()
            with Camera.open(emulator) as camera:
                if store == "flash":
                    photo = camera.next_press(timeout=PATIENCE_S)
                    assert photo is not None
                    assert photo.jpeg == replay.read_bytes()
                else:
                    assert [loss.press_number for loss in camera.losses] == [1]


def test_a_board_that_is_not_there_is_said() -> None:
    with pytest.raises(EmulatorError, match="There is no board z80 to emulate; there are unix, qemu-arm"):
        Emulator(board="z80")


def test_a_board_that_was_not_built_says_how(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(EmulatorError, match=r"run `python -m tools\.testbeds\.qemu_arm`"):
        Emulator(board="qemu-arm")


def test_a_command_may_have_a_board_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "oralcam", "info", "--board", "qemu-arm-m7", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["board"] == "qemu-arm"
