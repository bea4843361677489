"""A patient who is armed, and a camera that keeps photos over resets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import oralcam
from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.outbox.background import close_all
from oralcam.record.timestamps import now
from oralcam.visits.visit import Visit
from tests.end_to_end.visits.waiting import let_a_moment_pass
from tests.unit.jpeg.pictures import chroma
from tests.unit.record.strategies import patient


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    (tmp_path / "mouth.jpg").write_bytes(chroma("4:2:2", size=(640, 480)))
    with Emulator(store="flash", replay=tmp_path / "mouth.jpg") as running:
        yield running


@pytest.fixture
def camera(emulator: Emulator, tmp_path: Path) -> Iterator[Camera]:
    with Camera.open(emulator, spool=tmp_path / "spool") as opened:
        yield opened
    close_all()


@pytest.fixture
def begin(camera: Camera, tmp_path: Path) -> Callable[..., Visit]:
    def begun(number: int = 1, **options: object) -> Visit:
        options = {"sinks": (), "home": tmp_path / "home", **options}
        armed = patient(number).armed_again(now())
        visit = oralcam.visit(camera, armed, **options)  # type: ignore[arg-type]
        let_a_moment_pass()
        return visit

    return begun
