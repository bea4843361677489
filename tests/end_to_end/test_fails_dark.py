"""Parts that raise, hang and lie: the ring goes dark, the board is reset where it must be, and it is said.

What is lit is what the bench's model of the hardware makes of enable line and driver, not what the firmware
believes.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from oralcam import Camera, DeviceDisconnected, Event
from oralcam.emulator import Bench, Emulator
from oralcam.errors import LightLocked
from oralcam.link.deadlines import Deadlines
from oralcam_protocol.wire.enums import ResetCause

PATIENCE_S = 60.0  # for what comes by itself; a busy machine is no failure
WATCHDOG_S = 8.0


def lit(bench: Bench) -> bool:
    return any(bench.ring_ma.values())


def dark(bench: Bench) -> bool:
    return not lit(bench)


@pytest.fixture
def camera(oralcam_emulator: Emulator) -> Iterator[Camera]:
    with Camera(oralcam_emulator.port, deadlines=Deadlines().faster(4)) as camera:
        camera.lighting.preset("even")
        assert oralcam_emulator.bench.wait_until(lit, PATIENCE_S)
        yield camera


@pytest.fixture
def bench(oralcam_emulator: Emulator) -> Bench:
    return oralcam_emulator.bench


class Told:
    """What the camera told of its light since a test began, reconnections included."""

    def __init__(self, camera: Camera) -> None:
        self._changed = threading.Condition()
        self._details: list[str] = []
        camera.on_event(self._take)

    def _take(self, event: Event) -> None:
        with self._changed:
            if event.type == "light":
                self._details.append(event.detail)
                self._changed.notify_all()

    def until(self, detail: str) -> list[str]:
        """All up to that one, which must come."""
        with self._changed:
            assert self._changed.wait_for(lambda: detail in self._details, PATIENCE_S), self._details
            return self._details[: self._details.index(detail) + 1]


@pytest.fixture
def told(camera: Camera) -> Told:
    return Told(camera)


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until it is so, over an interruption of the camera as well."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            if condition():
                return
        except DeviceDisconnected:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("call", ["ring.apply", "ring.enable"])
def test_one_failed_write_while_it_goes_dark_leaves_nothing_lit(
    camera: Camera, bench: Bench, call: str
) -> None:
    bench.break_call(call, "nak")
    bench.set_tip_temperature(45.0)
    assert bench.wait_until(dark, PATIENCE_S)
    assert bench.resets == []


@pytest.mark.parametrize("call", ["ring.apply", "ring.enable"])
def test_a_lie_about_going_dark_leaves_nothing_lit(camera: Camera, bench: Bench, call: str) -> None:
    bench.break_call(call, "lie")
    bench.set_tip_temperature(45.0)
    assert bench.wait_until(dark, PATIENCE_S)


@pytest.mark.parametrize("word", ["tip_temperature_mc", "docked", "suspended", "die_temperature_mc"])
@pytest.mark.parametrize("kind", ["raise", "nak"])
def test_what_cannot_be_read_is_dark(camera: Camera, bench: Bench, word: str, kind: str) -> None:
    bench.break_call(f"sensors.{word}", kind)
    assert bench.wait_until(dark, PATIENCE_S)
    with pytest.raises(LightLocked):
        camera.capture()
    assert camera.lighting.state().locked is not None
    bench.mend_call(f"sensors.{word}")
    eventually(lambda: camera.lighting.state().locked is None)
    assert camera.capture().size
    assert bench.resets == []


def test_a_host_that_is_killed_while_the_thermometer_fails_leaves_no_light(
    oralcam_emulator: Emulator,
) -> None:
    bench = oralcam_emulator.bench
    hanging = Deadlines()
    hanging.heartbeat = 3600.0
    with Camera(oralcam_emulator.port, deadlines=hanging) as camera:
        camera.lighting.preset("even")
        assert bench.wait_until(lit, PATIENCE_S)
        bench.break_call("sensors.tip_temperature_mc", "raise")
        assert bench.wait_until(dark, PATIENCE_S)


@pytest.mark.parametrize(
    ("change", "locked"),
    [
        (lambda bench: bench.dock(), "in its dock"),
        (lambda bench: bench.suspend(), "the USB bus is suspended"),
        (lambda bench: bench.set_die_temperature(85.0), "a chip is too warm"),
        (lambda bench: bench.set_second_temperature(38.0), "two thermometers disagree"),
        (lambda bench: bench.set_tip_temperature(-40.0), "temperature unknown"),
        (lambda bench: bench.set_tip_temperature(200.0), "temperature unknown"),
        (lambda bench: bench.break_leds(2), "the ring does not obey"),
        (lambda bench: bench.break_leds(4), "the ring does not obey"),
    ],
)
def test_each_cause_is_dark_and_told(
    camera: Camera, bench: Bench, told: Told, change: Callable[[Bench], None], locked: str
) -> None:
    change(bench)
    assert bench.wait_until(dark, PATIENCE_S)
    assert told.until(f"locked: {locked}") == [f"locked: {locked}"]
    assert camera.health().light_locked == locked


def test_a_ring_that_does_not_answer_is_told_and_shown(camera: Camera, bench: Bench, told: Told) -> None:
    bench.break_call("ring.apply", "nak")
    camera.lighting.preset("posterior")
    assert told.until("locked: the ring does not obey") == ["locked: the ring does not obey"]
    assert dark(bench)
    assert "fault" in bench.shown
    with pytest.raises(LightLocked):
        camera.capture()
    bench.mend_call("ring.apply")
    assert told.until("unlocked") == ["locked: the ring does not obey", "unlocked"]
    assert camera.capture().light["posterior_left"].current_ma == 20.0


def test_a_broken_led_is_told_and_the_others_stay(camera: Camera, bench: Bench, told: Told) -> None:
    bench.break_leds(1)
    assert told.until("an LED of the ring is broken")
    assert lit(bench)


def test_a_warm_tip_gets_less_light(camera: Camera, bench: Bench, told: Told) -> None:
    bench.set_tip_temperature(39.5)  # half way: 1000 - 750/2 thousandths of 12 mA
    assert told.until("less light: the tip is warm")
    assert bench.wait_until(lambda bench: bench.ring_ma["anterior"] == 7.5, PATIENCE_S)


def test_an_exposure_that_hangs_is_put_out_and_refused(oralcam_emulator: Emulator) -> None:
    bench = oralcam_emulator.bench
    with Camera(oralcam_emulator.port) as camera:
        camera.lighting.preset("even", steady=False)
        told = Told(camera)
        bench.break_call("sensor.expose", "silent")
        bench.press()
        assert bench.wait_until(lit, PATIENCE_S)
        assert bench.wait_until(dark, PATIENCE_S)
        assert told.until("put out: the exposure did not end")
        assert bench.wait_until(lambda bench: "fault" in bench.shown, PATIENCE_S)
        bench.mend_call("sensor.expose")
        bench.press()
        assert camera.next_press(timeout=PATIENCE_S) is not None


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ("loop", "hang"),  # a task that never gives way
        ("ticks.ticks_us", "lie"),  # the clock stands still
        ("ring.apply", "hang"),  # the bus is stuck while the ring is driven
        ("sensors.tip_temperature_mc", "hang"),  # … while the thermometer is read
        ("watchdog.feed", "lie"),
    ],
)
def test_what_stops_ends_in_a_reset_and_dark(camera: Camera, bench: Bench, call: str, kind: str) -> None:
    began = time.monotonic()
    bench.break_call(call, kind)
    if call == "ring.apply":
        bench.set_tip_temperature(45.0)
    assert bench.wait_until(lambda bench: bool(bench.resets) and dark(bench), PATIENCE_S)
    took_s = time.monotonic() - began
    assert bench.resets == ["watchdog"]
    assert took_s >= WATCHDOG_S - 1.0, "that was not the watchdog"
    eventually(lambda: camera._link.connection.hello.reset_cause == ResetCause.WATCHDOG)
    eventually(lambda: camera.lighting.state().steady)  # the host asks again, as for everything it had set


def test_a_process_that_stops_ends_in_a_reset_and_dark(camera: Camera, oralcam_emulator: Emulator) -> None:
    bench = oralcam_emulator.bench
    os.kill(oralcam_emulator.pid, signal.SIGSTOP)
    assert bench.wait_until(lambda bench: bench.resets == ["watchdog"] and dark(bench), PATIENCE_S)
    assert bench.wait_until(lambda bench: bench.started, PATIENCE_S)


def test_the_clock_that_stands_still_is_dark_before_the_reset(camera: Camera, bench: Bench) -> None:
    bench.break_call("ticks.ticks_us", "lie")
    assert bench.wait_until(dark, PATIENCE_S)
    assert bench.resets == []


def test_a_service_that_keeps_failing_resets_the_board_and_that_is_said(
    camera: Camera, bench: Bench, told: Told
) -> None:
    bench.break_call("button.take_edge", "raise")
    bench.button_down()
    assert bench.wait_until(lambda bench: bench.resets == ["soft"], PATIENCE_S)
    assert bench.wait_until(lambda bench: bench.started, PATIENCE_S)
    bench.button_up()
    assert told.until("the camera reset itself: a part of its firmware kept failing")
    eventually(lambda: camera.health().task_restarts == 0)
    bench.press()
    assert bench.wait_until(lambda bench: len(bench.accepted) == 1, PATIENCE_S)


def test_a_board_task_that_fails_does_not_end_with_light(camera: Camera, bench: Bench) -> None:
    bench._say("nonsense", 1)  # the channel has no such listener: the board's own task raises
    assert camera.health().task_restarts <= 1
    bench.set_tip_temperature(45.0)
    assert bench.wait_until(dark, PATIENCE_S)
