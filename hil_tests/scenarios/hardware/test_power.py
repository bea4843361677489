"""Real power fails slowly, briefly and in the middle of writing to flash."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.bench.outcome import take_stock
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.report.measurements import Measurements
from oralcam import Camera

COLD_START_S = 5.0
DIPS_MS = (5, 20, 50, 100, 200, 500)
CUTS = 50
RESET_CAUSES = ("unknown", "power_on", "hard", "watchdog", "soft")
LONGEST_CUT_S = 0.4  # from a press until its photo is long accepted


@pytest.mark.hardware("how soon after power-on there is a photo", wiring="power")
def test_a_camera_is_ready_soon_after_power_on(
    bench: Bench, camera: Camera, power: PowerSwitch, measure: Measurements
) -> None:
    power.off()
    began = bench.now()
    power.on()
    assert camera.wait_connected(bench.counts.patience_s)
    assert camera.capture().size
    measure.timing("power_on_to_photo", bench.now() - began, "s", high=COLD_START_S)


@pytest.mark.hardware("brown-outs: the reset cause, and no camera that hangs", wiring="power")
@pytest.mark.parametrize("dip_ms", DIPS_MS)
def test_a_short_dip_is_survived_or_is_a_reset(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    power: PowerSwitch,
    measure: Measurements,
    dip_ms: int,
) -> None:
    camera = open_camera(transport)
    power.off()
    time.sleep(dip_ms / 1000)  # the dip itself
    power.on()
    bench.until(lambda: camera.down is None and camera.health().uptime_s >= 0, "the camera answering")
    assert camera.capture().size
    cause = RESET_CAUSES.index(camera.reset_cause)
    measure.value(f"reset_cause_after_{dip_ms}_ms", cause, ", ".join(RESET_CAUSES), low=1, high=4)


@pytest.mark.hardware("power cut in the middle of flash writes: no number twice", wiring="button, power")
def test_power_cut_at_any_moment_of_a_press_loses_nothing_silently(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    button: ButtonActuator,
    power: PowerSwitch,
    tmp_path: Path,
) -> None:
    chance = random.Random(CUTS)
    seen: set[str] = set()
    for number in range(CUTS):
        open_camera(transport).close()
        button.down()
        time.sleep(chance.uniform(0, LONGEST_CUT_S))  # the moment of the cut
        power.off()
        button.up()
        power.on()
        outcome = take_stock(bench, open_camera, transport, tmp_path / f"cut-{number}")
        ids = {*outcome.photos, *outcome.lost}
        assert len(ids) <= 1
        assert not ids & seen
        seen |= ids
