"""Thousands of captures leave the camera's memory where it was. CI does 10,000 of them on 32 bits."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.health import Health
from tests.end_to_end.conftest import jpeg_of

CAPTURES = int(os.environ.get("ORALCAM_CAPTURES", "500"))
WARM_UP = 10
SLACK_BYTES = 1024  # numbers grow by a digit
STEP_BYTES = 4096  # the largest free block is known to the next 4 KiB


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: thousands of syncs are the disk's affair, not the camera's."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


def capture(camera: Camera, count: int, folder: Path) -> Health:
    for _ in range(count):
        camera.capture().save(folder / "photo.jpg")
    return camera.health()


@pytest.mark.timeout(300)
def test_the_heap_is_after_many_captures_as_after_the_first_ten(folder: Path) -> None:
    small = folder / "small.jpg"
    small.write_bytes(jpeg_of(9000))
    with (
        Emulator(replay=small, state=folder / "state") as emulator,
        Camera.open(emulator, spool=folder / "spool") as camera,
    ):
        camera.settings.apply(exposure_us=100)
        camera.lighting.preset("even")  # lit already, the LEDs need no time to settle
        first = capture(camera, WARM_UP, folder)
        last = capture(camera, CAPTURES, folder)
        assert last.photos_accepted == WARM_UP + CAPTURES
        assert last.task_restarts == 0
        assert last.heap_free_bytes >= first.heap_free_bytes - SLACK_BYTES
        assert last.heap_largest_bytes >= first.heap_largest_bytes - STEP_BYTES
