"""A real board's USB: its rate for long, its answers under load."""

from __future__ import annotations

import threading

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.report.measurements import Measurements
from oralcam import Camera

CAPTURES = 200
SUSTAINED_MB_S = 0.5
ANSWER_MS = 500.0
HEAP_DRIFT_BYTES = 4096
QUALITIES = (50, 60, 70, 80, 90, 95)


@pytest.mark.hardware("sustained rate of the board's endpoint (E1, E5)", wiring="camera only")
def test_hundreds_of_photos_keep_the_rate_and_the_memory(
    bench: Bench, camera: Camera, measure: Measurements
) -> None:
    """Sizes of all kinds: bursts that end on a full packet are among them."""
    before = camera.health()
    size, began = 0, bench.now()
    for number in range(CAPTURES):
        camera.settings.apply(jpeg_quality=QUALITIES[number % len(QUALITIES)])
        size += camera.capture().size
    after = camera.health()
    measure.timing("sustained_rate", size / (bench.now() - began) / 1e6, "MB/s", low=SUSTAINED_MB_S)
    assert (after.frames_damaged, after.write_stalls) == (before.frames_damaged, before.write_stalls)
    assert after.store_free_bytes == before.store_free_bytes  # PSRAM, E2
    measure.value("heap_growth", after.heap_used_bytes - before.heap_used_bytes, "B", high=HEAP_DRIFT_BYTES)


@pytest.mark.hardware("capture() must not keep everything else waiting (E2)", wiring="camera only")
def test_the_camera_answers_while_its_sensor_works(
    bench: Bench, camera: Camera, measure: Measurements
) -> None:
    capturing = threading.Thread(target=lambda: [camera.capture() for _ in range(20)])
    capturing.start()
    longest = 0.0
    while capturing.is_alive():
        asked = bench.now()
        camera.lighting.state()
        longest = max(longest, bench.now() - asked)
    capturing.join()
    measure.timing("longest_answer_while_capturing", longest * 1000, "ms", high=ANSWER_MS)
