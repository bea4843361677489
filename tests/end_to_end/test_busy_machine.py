"""A machine that has more to do than it can: the emulated camera still gives its first photo."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.emulator.scene import Exposure, Frame
from tests.end_to_end.conftest import jpeg_of

BUSY_LOOPS = 8


@pytest.fixture
def busy() -> Iterator[None]:
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY_LOOPS)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def test_the_first_photo_of_a_busy_machine(busy: None) -> None:
    with Emulator() as emulator, Camera.open(emulator) as camera:
        photo = camera.capture()
        assert photo.size > 10_000
        assert emulator.bench.resets == []


def test_what_is_slow_is_done_before_the_camera_can_be_found() -> None:
    class Slow:
        prepared = False

        def prepare(self) -> None:
            self.prepared = True

        def expose(self, exposure: Exposure) -> Frame:
            assert self.prepared
            return Frame(jpeg_of(9000), 1600, 1200)

    scene = Slow()
    with Emulator(scene=scene) as emulator:
        assert scene.prepared
        with Camera.open(emulator) as camera:
            assert camera.capture().size == 9000
