"""How soon a press is a photo, by the camera's own clock and by the bench's."""

from __future__ import annotations

import statistics

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.strobe_timer import StrobeTimer
from hil_tests.report.measurements import Measurements
from oralcam import Camera
from oralcam.events import Event

pytestmark = pytest.mark.one_transport

EDGE_TO_EXPOSED_MS = 150.0  # a hand holds still for about so long
EDGE_TO_LIGHT_MS = 80.0
EXPOSURE_US = 20_000
SETTLE_MS = 25.0  # the ring is lit somewhat longer than the sensor exposes


def test_from_the_edge_to_the_exposed_photo_by_the_cameras_clock(
    bench: Bench, camera: Camera, button: ButtonActuator, measure: Measurements
) -> None:
    """Both moments are the device's: the press's first edge (to a millisecond), the end of the exposure."""
    exposure_ms = camera.settings.get().exposure_us / 1000
    took_ms = []
    for _ in range(bench.counts.latencies):
        news = camera.events(timeout=0)  # from here on
        button.press()
        assert camera.next_press(bench.counts.patience_s) is not None
        took_ms.append(between(list(news), "press", "photo") * 1000)
    assert all(exposure_ms - 1 <= each for each in took_ms), "exposed before the press"
    measure.timing("edge_to_exposed_median", statistics.median(took_ms), "ms", high=EDGE_TO_EXPOSED_MS)
    measure.timing("edge_to_exposed_max", max(took_ms), "ms", high=2 * EDGE_TO_EXPOSED_MS)


def between(events: list[Event], first: str, then: str) -> float:
    """Seconds between two events that one clock has dated."""
    moments = {event.type: event.at for event in events}
    began, ended = moments[first], moments[then]
    assert began is not None
    assert ended is not None
    return (ended - began).total_seconds()


def test_from_the_edge_to_the_first_light_by_the_benchs_clock(
    bench: Bench, camera: Camera, strobe_timer: StrobeTimer, measure: Measurements
) -> None:
    camera.settings.apply(exposure_us=EXPOSURE_US)
    timings = []
    for _ in range(bench.counts.latencies):
        timings.append(strobe_timer.time_press())
        assert camera.next_press(bench.counts.patience_s) is not None
    latency_ms = [timing.latency_s * 1000 for timing in timings]
    length_ms = [timing.length_s * 1000 for timing in timings]
    measure.timing("edge_to_light_median", statistics.median(latency_ms), "ms", high=EDGE_TO_LIGHT_MS)
    measure.timing("edge_to_light_max", max(latency_ms), "ms", high=2 * EDGE_TO_LIGHT_MS)
    measure.timing(
        "strobe_length_median",
        statistics.median(length_ms),
        "ms",
        low=EXPOSURE_US / 1000,
        high=EXPOSURE_US / 1000 + SETTLE_MS,
    )
