"""Hours of ordinary use: nothing is lost, nothing grows. A few rounds in CI, `--soak 8h` on demand."""

from __future__ import annotations

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.bench.soak import Rounds
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.report.measurements import Measurements
from oralcam import Camera
from oralcam.lighting import PRESETS

pytestmark = pytest.mark.one_transport

REPLUG_EVERY = 20  # rounds
WARM = 5
HEAP_DRIFT_BYTES = 4096


def test_ordinary_use_for_long(
    bench: Bench,
    camera: Camera,
    button: ButtonActuator,
    power: PowerSwitch,
    soak: Rounds,
    measure: Measurements,
) -> None:
    presets = sorted(PRESETS)
    captures: set[str] = set()
    last_press = next_press = 0
    heap_before = largest_growth = 0
    for number in soak:
        camera.lighting.preset(presets[number % len(presets)], steady=number % 3 == 0)
        button.press()
        pressed = camera.next_press(bench.counts.patience_s)
        assert pressed is not None
        assert pressed.press_number is not None
        assert pressed.press_number == next_press or (next_press == 0 and pressed.press_number > last_press)
        next_press = pressed.press_number + 1
        last_press = pressed.press_number
        for photo in (pressed, camera.capture()):
            assert photo.capture_id not in captures
            captures.add(photo.capture_id)
            assert bench.camera.sensor_digest(photo.capture_id) in (photo.sha256, None)
            photo.save(soak.folder / "photo.jpg")  # and out of the spool
        health = camera.health()
        assert (health.photos_waiting, health.task_restarts, health.captures_lost) == (0, 0, 0)
        heap_now = health.heap_used_bytes
        if number % REPLUG_EVERY == WARM:  # what is allocated on first use is there by now
            heap_before = heap_now
        elif number % REPLUG_EVERY == REPLUG_EVERY - 1:
            largest_growth = max(largest_growth, heap_now - heap_before)
            power.off()
            power.on()
            assert camera.wait_connected(bench.counts.patience_s)
            next_press = 0  # numbers go on, but some are left out: none is ever used twice
    assert camera.losses == []
    if soak.done >= REPLUG_EVERY:
        measure.value("largest_heap_growth", largest_growth, "B", high=HEAP_DRIFT_BYTES)
    measure.value("photos", len(captures), "", low=2 * soak.done)
    measure.value("rounds", soak.done, "", low=1)
    measure.timing("hours", soak.elapsed_s / 3600, "h")
