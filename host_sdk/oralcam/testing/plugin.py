"""pytest plugin, active wherever oralcam is installed: a camera for every test that asks for one.

    def test_my_program(oralcam_camera, oralcam_emulator):
        oralcam_emulator.bench.press()
        photo = next(oralcam_camera.presses(timeout=10))
        assert photo.trigger == "button"

`oralcam_emulator` is a fresh emulator; mark a test `@pytest.mark.oralcam(replay="photo.jpg")` to pass
arguments to `oralcam.emulator.Emulator`. `oralcam_camera` is open on it, with a spool of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from oralcam.camera import Camera
    from oralcam.emulator import Emulator

__all__ = ["oralcam_camera", "oralcam_emulator"]


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker `oralcam`."""
    config.addinivalue_line("markers", "oralcam(**arguments): arguments for the test's oralcam emulator")


@pytest.fixture
def oralcam_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """Start an emulated camera: `port`, `serial_number`, and `bench` with a hand on its button."""
    from oralcam.emulator import Emulator

    marker = request.node.get_closest_marker("oralcam")
    with Emulator(**(marker.kwargs if marker else {})) as emulator:
        yield emulator


@pytest.fixture
def oralcam_camera(oralcam_emulator: Emulator, tmp_path: Path) -> Iterator[Camera]:
    """Open a camera on `oralcam_emulator`, with a spool of its own."""
    from oralcam.camera import Camera

    with Camera.open(oralcam_emulator, spool=tmp_path / "spool") as camera:
        yield camera
