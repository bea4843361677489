"""The host stops using the camera without pulling its plug: it locks the device out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.instruments.light_meter import LightMeter
from hil_tests.report.summary import NOT_HERE
from hil_tests.scenarios.test_light import is_dark
from oralcam import Camera


@pytest.fixture
def authorized(bench: Bench) -> Iterator[Path]:
    """Give the switch in Linux's sysfs that lets the host use the camera's device, or not; it takes root."""
    port = Path(bench.camera.ports.get("cdc", "")).resolve()
    switch = Path("/sys/class/tty", port.name, "device").resolve().parent / "authorized"
    if not switch.exists():
        pytest.skip(f"{NOT_HERE}no USB device of a Linux host")
    yield switch
    if switch.exists():
        switch.write_text("1")


@pytest.mark.one_transport
def test_a_camera_that_is_locked_out_is_dark_and_comes_back(
    bench: Bench,
    open_camera: Callable[..., Camera],
    transport: str,
    light_meter: LightMeter,
    authorized: Path,
) -> None:
    camera = open_camera(transport)
    camera.lighting.preset("even")
    bench.until(lambda: not is_dark(light_meter), "lit")
    authorized.write_text("0")
    bench.until(lambda: is_dark(light_meter), "dark")
    authorized.write_text("1")
    assert camera.wait_connected(bench.counts.patience_s)
    assert camera.capture().size
    assert camera.losses == []
