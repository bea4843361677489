"""Which thread calls what, and that a callback may do anything."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

import pytest

from oralcam import Camera, Event, Photo
from oralcam.emulator import Emulator
from oralcam.errors import CameraClosed

DEADLINE_S = 60.0


def test_events_are_told_in_a_thread_of_their_own_in_order(
    oralcam_camera: Camera, oralcam_emulator: Emulator
) -> None:
    told: list[Event] = []
    threads: set[str] = set()
    complete = threading.Event()

    def callback(event: Event) -> None:
        told.append(event)
        threads.add(threading.current_thread().name)
        if event.type == "photo":
            complete.set()

    stop = oralcam_camera.on_event(callback)
    oralcam_emulator.bench.press()
    assert complete.wait(DEADLINE_S)
    stop()
    assert [event.number for event in told] == sorted(event.number for event in told)
    assert threads == {f"oralcam-events-{oralcam_emulator.serial_number}"}
    before = len(told)
    oralcam_emulator.bench.press()
    assert next(oralcam_camera.presses(timeout=DEADLINE_S)).press_number == 1
    assert next(oralcam_camera.presses(timeout=DEADLINE_S)).press_number == 2
    assert len(told) == before


def test_a_callback_may_take_a_photo_and_set_the_light(replay: Path, tmp_path: Path) -> None:
    photos: list[Photo] = []
    taken = threading.Event()
    with Emulator(replay=replay) as emulator, Camera.open(emulator) as camera:

        def callback(event: Event) -> None:
            if event.type == "press":
                camera.lighting.preset("posterior")
                photos.append(camera.capture())
                taken.set()

        camera.on_event(callback)
        emulator.bench.press()
        assert taken.wait(DEADLINE_S)
    assert photos[0].trigger == "host"


def test_a_callback_may_close_the_camera(oralcam_camera: Camera, oralcam_emulator: Emulator) -> None:
    oralcam_camera.on_event(lambda event: oralcam_camera.close())
    oralcam_emulator.bench.press()
    assert list(oralcam_camera.presses(timeout=DEADLINE_S)) == []  # ended by close
    assert oralcam_camera.closed


def test_a_callback_that_fails_is_in_the_log_and_is_called_again(
    oralcam_camera: Camera, oralcam_emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    calls = threading.Semaphore(0)

    def callback(event: Event) -> None:
        calls.release()
        raise ValueError("a program's own mistake")

    with caplog.at_level(logging.ERROR, "oralcam"):
        oralcam_camera.on_event(callback)
        oralcam_emulator.bench.press()
        assert calls.acquire(timeout=DEADLINE_S)
        assert calls.acquire(timeout=DEADLINE_S)
    assert "a callback for events" in caplog.text


def test_progress_is_told_in_the_thread_that_asked(oralcam_camera: Camera) -> None:
    threads: set[threading.Thread] = set()
    oralcam_camera.capture(progress=lambda received, size: threads.add(threading.current_thread()))
    assert threads == {threading.current_thread()}


@pytest.mark.unix_board("20 MB are more than its memory")
def test_a_progress_callback_may_take_another_photo(tmp_path: Path) -> None:
    from tests.end_to_end.conftest import jpeg_of

    large = tmp_path / "large"
    large.mkdir()
    (large / "1.jpg").write_bytes(jpeg_of(20_000_000, 1))  # takes longer than a look at its progress
    (large / "2.jpg").write_bytes(jpeg_of(30_000, 2))
    within: list[Photo] = []
    with Emulator(replay=large) as emulator, Camera.open(emulator) as camera:

        def progress(received: int, size: int) -> None:
            if not within and received < size:
                within.append(camera.capture())

        outer = camera.capture(progress=progress)
    assert within[0].jpeg == (large / "2.jpg").read_bytes()
    assert outer.jpeg == (large / "1.jpg").read_bytes()


@pytest.mark.unix_board("20 MB are more than its memory")
def test_a_progress_callback_may_close_the_camera(tmp_path: Path) -> None:
    from tests.end_to_end.conftest import jpeg_of

    (tmp_path / "large.jpg").write_bytes(jpeg_of(20_000_000))
    with Emulator(replay=tmp_path / "large.jpg") as emulator, Camera.open(emulator) as camera:
        began: list[float] = []

        def progress(received: int, size: int) -> None:
            began.append(time.monotonic())
            camera.close()

        with pytest.raises(CameraClosed):
            camera.capture(progress=progress)
        assert time.monotonic() - began[0] < 5  # a deadline, not a measurement
        with Camera.open(emulator) as again:  # the photo is still on the camera, half of it in the spool
            again.health()
            assert again.photos_waiting == 1
