"""One press, one photo: whole, once, and with the number of its press."""

from __future__ import annotations

from collections.abc import Callable

from hil_tests.bench.bench import Bench
from hil_tests.instruments.button_actuator import ButtonActuator
from oralcam import Camera


def test_a_press_becomes_a_photo(bench: Bench, camera: Camera, button: ButtonActuator) -> None:
    button.press()
    photo = camera.next_press(bench.counts.patience_s)
    assert photo is not None
    assert photo.trigger == "button"
    assert photo.serial_number == bench.camera.serial_number
    assert photo.jpeg[:2] == b"\xff\xd8"
    assert bench.camera.sensor_digest(photo.capture_id) in (photo.sha256, None)
    assert camera.next_press(0) is None


def test_presses_in_a_row_are_photos_in_a_row(bench: Bench, camera: Camera, button: ButtonActuator) -> None:
    photos = []
    for _ in range(bench.counts.presses):
        button.press()
        photo = camera.next_press(bench.counts.patience_s)
        assert photo is not None
        photos.append(photo)
    first = photos[0].press_number
    assert first is not None
    assert [photo.press_number for photo in photos] == list(range(first, first + len(photos)))
    assert len({photo.capture_id for photo in photos}) == len(photos)
    for photo in photos:
        assert bench.camera.sensor_digest(photo.capture_id) in (photo.sha256, None)
    health = camera.health()
    assert (health.photos_waiting, health.task_restarts) == (0, 0)


def test_a_press_with_no_program_there_waits_on_the_camera(
    bench: Bench, open_camera: Callable[..., Camera], transport: str, button: ButtonActuator
) -> None:
    button.press()
    with open_camera(transport) as camera:
        photo = camera.next_press(bench.counts.patience_s)
        assert photo is not None
        assert photo.trigger == "button"
