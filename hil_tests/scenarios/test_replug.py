"""Plugged in and out again and again: no hang, nothing left over, and the camera works as ever."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.bench.leftovers import Leftovers
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.power_switch import PowerSwitch
from hil_tests.report.measurements import Measurements
from oralcam import Camera
from oralcam.errors import OralcamError


def test_a_storm_of_replugs_leaves_nothing_behind(
    bench: Bench, camera: Camera, power: PowerSwitch, measure: Measurements
) -> None:
    assert camera.capture().size  # whatever loads on first use is loaded
    power.off()
    power.on()
    assert camera.wait_connected(bench.counts.patience_s)
    leftovers = Leftovers()
    for _ in range(bench.counts.replugs):
        power.off()
        power.on()
    assert camera.wait_connected(bench.counts.patience_s)
    bench.until(leftovers.gone, leftovers)
    measure.value("replugs", bench.counts.replugs, "", low=bench.counts.replugs)
    measure.value("handles_left_over", len(leftovers.handles), "", high=0)
    assert camera.capture().size
    assert camera.link_counters.reconnects >= 1


@pytest.mark.one_transport
def test_opening_and_leaving_it_in_a_storm_leaves_nothing_behind(
    bench: Bench, open_camera: Callable[..., Camera], transport: str, power: PowerSwitch
) -> None:
    """A program that opens the camera whenever it sees it, and is cut off wherever it has got to."""
    open_camera(transport).close()
    leftovers = Leftovers()
    for number in range(max(2, bench.counts.replugs // 5)):
        cutting = threading.Thread(target=power.off)
        try:
            with open_camera(transport) as camera:
                if number % 2:
                    cutting.start()
                camera.capture()
        except OralcamError:
            assert number % 2, "nobody pulled the plug"
        finally:
            if number % 2:
                cutting.join()
            power.on()
        bench.until(lambda: is_there(open_camera, transport), "the camera back")
    bench.until(leftovers.gone, leftovers)


def is_there(open_camera: Callable[..., Camera], transport: str) -> bool:
    try:
        open_camera(transport).close()
    except OralcamError:
        return False
    return True


@pytest.mark.one_transport
def test_a_power_cycle_keeps_numbers_going_and_the_camera_usable(
    bench: Bench, camera: Camera, button: ButtonActuator, power: PowerSwitch
) -> None:
    presses, captures = [], []
    for _ in range(bench.counts.power_cycles):
        button.press()
        photo = camera.next_press(bench.counts.patience_s)
        assert photo is not None
        presses.append(photo.press_number)
        captures.append(photo.capture_id)
        power.off()
        with pytest.raises(OralcamError):
            camera.capture()
        power.on()
        assert camera.wait_connected(bench.counts.patience_s)
        assert camera.losses == []
    assert len(set(presses)) == len(presses)
    assert len(set(captures)) == len(captures)


@pytest.mark.thorough
def test_light_and_settings_are_as_before_when_it_is_back(
    bench: Bench, camera: Camera, power: PowerSwitch
) -> None:
    camera.settings.apply(exposure_us=5000, gain=2.0)
    camera.lighting.set(anterior=0.3, steady=False)
    power.off()
    power.on()
    assert camera.wait_connected(bench.counts.patience_s)
    photo = camera.capture()
    assert (photo.exposure_us, photo.gain) == (5000, 2.0)
    assert photo.light["anterior"].level == pytest.approx(0.3)
    assert photo.light["posterior_left"].level == 0
