"""Several cameras in one process: one reader thread each, and none in the way of another."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from oralcam import Camera, Photo
from oralcam.emulator import Emulator
from tests.end_to_end.conftest import jpeg_of
from tests.faults.test_close import Waiter

CAMERAS = 4
PRESSES = 5
DEADLINE_S = 60.0


def next_photos(camera: Camera) -> list[Photo | None]:
    return [camera.next_press(DEADLINE_S) for _ in range(PRESSES)]


def test_each_photo_comes_from_its_own_camera(tmp_path: Path) -> None:
    with ExitStack() as held:
        emulators = []
        for number in range(CAMERAS):
            file = tmp_path / f"{number}.jpg"
            file.write_bytes(jpeg_of(20_000 + number, number))
            emulators.append(held.enter_context(Emulator(replay=file)))
        spool = tmp_path / "spool"
        cameras = [held.enter_context(Camera.open(emulator, spool=spool)) for emulator in emulators]
        names = [thread.name for thread in threading.enumerate()]
        assert all(names.count(f"oralcam-{camera.serial_number}") == 1 for camera in cameras)
        hands = [Waiter(partial(each.bench.press, PRESSES)) for each in emulators]
        eyes = [Waiter(partial(next_photos, each)) for each in cameras]
        for waiter in [*hands, *eyes]:
            waiter.join(DEADLINE_S)
        for number, (emulator, eye) in enumerate(zip(emulators, eyes, strict=True)):
            assert [photo.size for photo in eye.ended] == [20_000 + number] * PRESSES  # type: ignore[attr-defined]
            assert {photo.serial_number for photo in eye.ended} == {emulator.serial_number}  # type: ignore[attr-defined]


def test_one_that_is_unplugged_does_not_disturb_the_others(tmp_path: Path, replay: Path) -> None:
    with (
        Emulator(replay=replay) as one,
        Emulator(replay=replay) as other,
        Camera.open(one) as gone,
        Camera.open(other) as staying,
    ):
        one.unplug()
        for _ in range(5):
            assert staying.capture().size == 300_000
        one.plug_in()
        assert gone.wait_connected(DEADLINE_S)
        assert gone.capture().size == 300_000
