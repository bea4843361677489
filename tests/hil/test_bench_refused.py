"""What is wrong with a bench is said before any test runs, in one sentence, and the run fails."""

from __future__ import annotations

import math
import os
import pty
import threading
import tty
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from hil_tests.bench.soak import duration_s
from hil_tests.errors import BenchError
from hil_tests.instruments.check import check
from hil_tests.instruments.light_meter import LightScale
from hil_tests.instruments.thermometer import TemperatureScale
from hil_tests.rig.controller import RigController
from oralcam.emulator import Emulator
from oralcam.lighting import ZONES
from oralcam.link.deadlines import Deadlines
from tests.hil.conftest import RunBench

BENCH = """
[bench]
name = "refused"
hardware = false
[camera]
port = "{camera}"
[rig]
port = "{rig}"
[instruments.button]
driver = "rig"
"""


@pytest.fixture
def silent_port() -> Iterator[str]:
    """A port where nobody answers."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    yield os.ttyname(slave)
    os.close(master)
    os.close(slave)


def said(run_bench: RunBench, bench: Path) -> str:
    """The one sentence of a run that must fail before any test."""
    done = run_bench("hil_tests", "--bench", str(bench))
    assert done.returncode == 4, done.stdout + done.stderr
    assert "passed" not in done.stdout
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("ERROR: ")]
    assert len(lines) == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return lines[0].removeprefix("ERROR: ")


def test_a_typo(run_bench: RunBench, tmp_path: Path) -> None:
    bench = tmp_path / "typo.toml"
    bench.write_text(BENCH.replace("driver", "drvier"), "utf-8")
    assert said(run_bench, bench) == "typo.toml: [instruments.button] has no key drvier; did you mean driver?"


def test_a_camera_that_is_not_there(run_bench: RunBench, tmp_path: Path) -> None:
    bench = tmp_path / "away.toml"
    bench.write_text(BENCH.format(camera="/dev/ttyNOWHERE", rig="emulator"), "utf-8")
    assert said(run_bench, bench).startswith("away.toml: [camera] There is no port /dev/ttyNOWHERE")


def test_a_rig_that_does_not_answer(run_bench: RunBench, tmp_path: Path, silent_port: str) -> None:
    bench = tmp_path / "silent.toml"
    bench.write_text(BENCH.format(camera="emulator", rig=silent_port), "utf-8")
    assert said(run_bench, bench) == (
        f"silent.toml: [rig] no rig controller answers on {silent_port}: look at its cable, "
        "and that its firmware runs."
    )


def test_a_rig_that_is_a_camera(tmp_path: Path) -> None:
    with (
        Emulator(serial_number="EMU-7") as emulator,
        pytest.raises(BenchError, match="is camera EMU-7, not a rig: the ports are swapped"),
    ):
        RigController(emulator.port)


def test_a_port_that_answers_nonsense() -> None:
    master, slave = pty.openpty()
    tty.setraw(slave)

    def talk() -> None:
        try:
            while data := os.read(master, 64):
                os.write(master, b"\xc1\x61nonsense" + data[::-1])
        except OSError:
            pass  # the test has ended

    talking = threading.Thread(target=talk, daemon=True)
    talking.start()
    with pytest.raises(BenchError, match="no rig controller answers"):
        RigController(os.ttyname(slave), Deadlines().faster(10))
    os.close(slave)
    talking.join(10)
    os.close(master)


class FakeThermometer:
    scale = TemperatureScale(0.1)

    def __init__(self, celsius: float) -> None:
        self._celsius = celsius

    def read_c(self) -> float:
        return self._celsius


class FakeLightMeter:
    scale = LightScale("lx", dict.fromkeys(ZONES, 1000.0), 0.05, 0.1)

    def __init__(self, reading: float) -> None:
        self._reading = reading

    def read(self) -> Mapping[str, float]:
        return dict.fromkeys(ZONES, 5.0) | {"posterior_left": self._reading}


@pytest.mark.parametrize("celsius", [-40.0, 128.0, math.nan, math.inf])
def test_a_thermometer_that_shows_what_cannot_be(celsius: float) -> None:
    with pytest.raises(BenchError, match=r"the thermometer shows .* °C, which cannot be: check its wiring"):
        check(FakeThermometer(celsius))
    check(FakeThermometer(34.0))


@pytest.mark.parametrize("reading", [-1500.0, 2001.0, math.nan])
def test_a_light_meter_that_shows_what_cannot_be(reading: float) -> None:
    with pytest.raises(BenchError, match=r"the light meter shows .* lx for posterior_left, which cannot be"):
        check(FakeLightMeter(reading))
    check(FakeLightMeter(1000.0))


@pytest.mark.parametrize("text", ["8", "h", "8 h", "0s", "-1h", "8h30m", ""])
def test_a_soak_that_is_no_time(text: str) -> None:
    with pytest.raises(BenchError, match="is not a time: write 90s, 30m, 8h or 2d"):
        duration_s(text)
    assert [duration_s(good) for good in ("90s", "1.5m", "8h", "2d")] == [90, 90, 28800, 172800]
