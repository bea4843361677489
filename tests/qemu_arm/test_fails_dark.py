"""The machine itself stops: the ring is dark and the board is reset within the watchdog's time."""

from __future__ import annotations

import time

import pytest

from oralcam import Camera
from oralcam.emulator import Bench, Emulator

PATIENCE_S = 60.0
WATCHDOG_S = 8.0


def lit(bench: Bench) -> bool:
    return any(bench.ring_ma.values())


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("machine", "clock"),  # no timer counts any more, no interrupt of its comes
        ("machine", "interrupts"),  # the processor spins in C and is deaf
        ("fault", ["loop", "hang"]),  # a task never gives way
        ("fault", ["sensors.tip_temperature_mc", "hang"]),  # the bus is stuck
    ],
)
def test_what_stops_is_dark_and_reset_by_the_watchdog(emulator: Emulator, word: str, value: object) -> None:
    bench = emulator.bench
    with Camera.open(emulator) as camera:
        camera.lighting.preset("even")
        assert bench.wait_until(lit, PATIENCE_S)
        began_s = time.monotonic()
        bench._say(word, value)
        assert bench.wait_until(lambda bench: bool(bench.resets) and not lit(bench), PATIENCE_S)
    assert bench.resets == ["watchdog"]
    assert time.monotonic() - began_s >= WATCHDOG_S - 1.0, "that was not the watchdog"
    assert bench.wait_until(lambda bench: bench.started, PATIENCE_S)
