"""The host goes down hard: its program is killed, or its USB controller is reset. The next one takes up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.button_actuator import ButtonActuator
from hil_tests.instruments.host_controller import HostController
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.scenarios.test_light import is_dark
from oralcam import Camera
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of

PROGRAM = """
import sys
from pathlib import Path

from hil_tests.bench.watched_spool import CuttingSpool
from oralcam import Camera

port, spool, place = sys.argv[1:]


def tell_and_wait():
    print("here", flush=True)
    sys.stdin.read()


spool = CuttingSpool(Path(spool), float(place) if place[0].isdigit() else place, tell_and_wait)
with Camera(port, spool=spool) as camera:
    camera.lighting.preset("even")
    print("open", flush=True)
    camera.next_press(60)
"""


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("0.0", marks=pytest.mark.thorough),
        "0.5",
        pytest.param("verified", marks=pytest.mark.thorough),
        "durable",
    ],
)
def test_a_photo_that_was_on_its_way_when_the_program_was_killed_comes_once(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    button: ButtonActuator,
    tmp_path: Path,
    place: str,
) -> None:
    spool = tmp_path / "spool"
    command = [sys.executable, "-c", PROGRAM, bench.camera.ports[transport], str(spool), place]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "open\n"
            button.press()
            assert program.stdout.readline() == "here\n"
        finally:
            os.kill(program.pid, signal.SIGKILL)
    with open_camera(transport, spool=spool) as camera:
        photo = camera.next_press(bench.counts.patience_s if place != "durable" else 0)
        here = [kept.capture_id for kept in contents_of(Spool(spool)).photos]
        assert len(here) == 1
        assert (photo is None) == (place == "durable")
        assert camera.losses == []
        assert camera.next_press(0) is None
        assert camera.health().photos_waiting == 0


@pytest.mark.thorough
def test_the_light_of_a_killed_program_goes_out(
    bench: Bench, transport: str, open_camera: Callable[..., Camera], light_meter: LightMeter, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", PROGRAM, bench.camera.ports[transport], str(tmp_path / "s"), "0.5"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "open\n"
            bench.until(lambda: not is_dark(light_meter), "lit")
        finally:
            os.kill(program.pid, signal.SIGKILL)
    bench.until(lambda: is_dark(light_meter), "dark")
    assert open_camera(transport).capture().size


def test_a_reset_of_the_usb_controller_is_an_unplug(
    bench: Bench, camera: Camera, button: ButtonActuator, host_controller: HostController
) -> None:
    host_controller.reset()
    assert camera.wait_connected(bench.counts.patience_s)
    button.press()
    photo = camera.next_press(bench.counts.patience_s)
    assert photo is not None
    assert camera.losses == []
