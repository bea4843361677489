"""A real contact bounces, and a real solenoid does not tire."""

from __future__ import annotations

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.button_actuator import ButtonActuator
from oralcam import Camera

PRESSES = 200


@pytest.mark.hardware("a contact that bounces as its maker made it", wiring="button")
def test_every_press_of_a_real_contact_is_one_press(
    bench: Bench, camera: Camera, button: ButtonActuator
) -> None:
    before = camera.health().presses
    numbers = []
    for _ in range(PRESSES):
        button.press(60)
        photo = camera.next_press(bench.counts.patience_s)
        assert photo is not None
        numbers.append(photo.press_number)
    assert camera.health().presses - before == PRESSES
    assert len(set(numbers)) == PRESSES
