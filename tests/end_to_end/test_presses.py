"""The button: every press is one photo, whatever the host does meanwhile."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Bench, Emulator
from oralcam.events.event import Event
from tests.end_to_end.conftest import jpeg_of, next_presses

IN_LINE = 6  # the camera lets eight orders wait; a busy machine must not make the ninth


def press_on(emulator: Emulator, times: int) -> None:
    """As fast as the camera can take it."""
    for number in range(times):
        assert emulator.bench.wait_until(partial(has_taken, number - IN_LINE))
        emulator.bench.press()


def has_taken(count: int, bench: Bench) -> bool:
    return bench.shown.count("taken") >= count


def test_two_hundred_presses_are_two_hundred_photos_each_once(tmp_path: Path) -> None:
    frames = tmp_path / "frames"
    frames.mkdir()
    for number in range(7):
        (frames / f"{number}.jpg").write_bytes(jpeg_of(30_000 + number * 1000, number))
    expected = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(frames.iterdir())]
    with Emulator(replay=frames) as emulator, Camera.open(emulator) as camera:
        hand = threading.Thread(target=press_on, args=(emulator, 200))
        hand.start()
        photos = []
        for photo in camera.presses(timeout=10):
            photos.append(photo)
            if len(photos) == 200:
                break
        hand.join()
        assert [photo.press_number for photo in photos] == list(range(1, 201))
        assert len({photo.capture_id for photo in photos}) == 200
        assert [photo.sha256 for photo in photos] == [expected[number % 7] for number in range(200)]
        assert list(camera.presses(timeout=0.2)) == []
        assert camera.health().photos_waiting == 0


def test_a_press_while_the_host_does_something_else_is_delivered(oralcam_emulator: Emulator) -> None:
    with Camera.open(oralcam_emulator) as camera:
        oralcam_emulator.bench.press()
        for _ in range(20):
            camera.health()
        captured = camera.capture()
        oralcam_emulator.bench.press()
        presses = [photo.press_number for photo in next_presses(camera, 2)]
        assert captured.trigger == "host"
        assert presses == [1, 2]


def test_a_press_before_anybody_was_connected_is_delivered(replay: Path) -> None:
    with Emulator(replay=replay) as emulator:
        press_on(emulator, 10)  # more than a page of the camera's list
        assert emulator.bench.wait_until(lambda bench: bench.shown.count("taken") == 10)
        with Camera.open(emulator) as camera:
            assert [photo.press_number for photo in next_presses(camera, 10)] == list(range(1, 11))


def test_presses_end_quietly_after_their_timeout(oralcam_camera: Camera) -> None:
    assert list(oralcam_camera.presses(timeout=0.1)) == []


def test_events_tell_what_happened_in_order(oralcam_camera: Camera, oralcam_emulator: Emulator) -> None:
    events: list[Event] = []
    following = oralcam_camera.events(timeout=10)
    oralcam_emulator.bench.press(hold_s=0.1)
    for event in following:
        events.append(event)
        if {"release", "photo"} <= {each.type for each in events}:
            break
    assert [event.number for event in events] == [
        event.number for event in sorted(events, key=lambda e: e.number)
    ]
    assert events[0].type == "press"
    assert {event.press_number for event in events} == {1}
    assert all(event.at is not None for event in events)
    (photo,) = [event for event in events if event.type == "photo"]
    assert photo.capture_id == f"{oralcam_emulator.serial_number}-000001"


def test_a_locked_button_refuses_visibly(oralcam_camera: Camera, oralcam_emulator: Emulator) -> None:
    oralcam_camera.settings.apply(button_locked=True)
    events = oralcam_camera.events(timeout=10)
    oralcam_emulator.bench.press()
    refused = next(event for event in events if event.type == "refused")
    assert refused.detail == "its button was locked"
    assert oralcam_camera.health().presses_refused == 1
    assert "refused" in oralcam_emulator.bench.shown
    assert list(oralcam_camera.presses(timeout=0.1)) == []


def test_a_full_queue_refuses_the_new_press_visibly(replay: Path) -> None:
    with Emulator(replay=replay, store_bytes=700_000) as emulator, Camera.open(emulator) as camera:
        events = camera.events(timeout=10)
        emulator.bench.press(3)
        refused = next(event for event in events if event.type == "refused")
        assert (refused.press_number, refused.detail) == (3, "its photo store was full")
        assert emulator.bench.wait_until(lambda bench: "refused" in bench.shown)
        assert camera.health().presses_refused == 1
        assert [photo.press_number for photo in next_presses(camera, 2)] == [1, 2]


def test_a_broken_sensor_is_a_refused_press_and_a_visible_fault(
    oralcam_camera: Camera, oralcam_emulator: Emulator
) -> None:
    oralcam_emulator.bench.break_sensor()
    oralcam_emulator.bench.press()
    assert oralcam_emulator.bench.wait_until(lambda bench: "fault" in bench.shown)
    health = oralcam_camera.health()
    assert (health.sensor_errors, health.presses_refused, health.ok) == (1, 1, False)
    oralcam_emulator.bench.break_sensor(False)
    oralcam_emulator.bench.press()
    assert [photo.press_number for photo in next_presses(oralcam_camera, 1)] == [2]


def test_numbers_go_on_after_a_restart(tmp_path: Path, replay: Path) -> None:
    seen = []
    for _ in range(3):
        with Emulator(replay=replay, state=tmp_path / "state", serial_number="EMU-1") as emulator:
            emulator.bench.press()
            with Camera.open(emulator) as camera:
                seen += [(photo.press_number, photo.capture_id) for photo in next_presses(camera, 1)]
    assert len(seen) == 3
    assert len({press for press, _ in seen}) == 3
    assert len({capture for _, capture in seen}) == 3


@pytest.mark.parametrize("store", ["flash", "psram"])
def test_a_flash_store_keeps_photos_over_a_restart_and_psram_does_not(
    tmp_path: Path, replay: Path, store: str
) -> None:
    arguments = {"replay": replay, "state": tmp_path / "state", "serial_number": "EMU-1", "store": store}
    with Emulator(**arguments) as emulator:  # type: ignore[arg-type]
        emulator.bench.press()
        assert emulator.bench.wait_until(lambda bench: "taken" in bench.shown)
    with Emulator(**arguments) as emulator, Camera.open(emulator) as camera:  # type: ignore[arg-type]
        photos = next_presses(camera, 1 if store == "flash" else 0)
        assert [photo.jpeg for photo in photos] == [replay.read_bytes()] * len(photos)
        assert all(photo.taken_at is None for photo in photos)  # another boot's clock


def test_a_photo_knows_when_the_button_went_down_however_late_it_is_exposed(
    oralcam_emulator: Emulator,
) -> None:
    with Camera.open(oralcam_emulator) as camera:
        camera.settings.apply(exposure_us=100_000)
        news = camera.events(timeout=1.0)
        oralcam_emulator.bench.press(3)  # the second and third wait in line
        photos = [photo for _, photo in zip(range(3), camera.presses(timeout=10), strict=False)]
        edges = {event.press_number: event.at for event in news if event.type == "press"}
        for photo in photos:
            edge = edges[photo.press_number]
            assert photo.taken_at is not None
            assert photo.taken_at_uncertainty_s is not None
            assert photo.pressed_at is not None
            assert edge is not None
            off_by = timedelta(seconds=2 * photo.taken_at_uncertainty_s)  # the clock is measured anew
            assert abs(photo.pressed_at - edge) <= off_by
            assert photo.pressed_at < photo.taken_at
        assert camera.capture().pressed_at is None


def test_nobody_knows_when_the_button_went_down_before_the_camera_was_opened(
    oralcam_emulator: Emulator,
) -> None:
    oralcam_emulator.bench.press()
    assert oralcam_emulator.bench.wait_until(lambda bench: "taken" in bench.shown)
    with Camera.open(oralcam_emulator) as camera:
        photo = camera.next_press(timeout=10)
        assert photo is not None
        assert photo.pressed_at is None
        assert photo.press_number == 1
