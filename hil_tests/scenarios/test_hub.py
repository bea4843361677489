"""A hub takes the power from the camera's port, by uhubctl, and gives it back."""

from __future__ import annotations

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.power_switch import PowerSwitch
from oralcam import Camera


@pytest.mark.one_transport
def test_a_port_without_power_is_an_unplug(
    bench: Bench, camera: Camera, button: ButtonActuator, hub: PowerSwitch
) -> None:
    hub.off()
    bench.until(lambda: camera.down is not None, "the camera known to be gone")
    hub.on()
    assert camera.wait_connected(bench.counts.patience_s)
    button.press()
    assert camera.next_press(bench.counts.patience_s) is not None
    assert camera.losses == []
