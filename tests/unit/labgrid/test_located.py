"""A bench on another machine: the ports of its place become the description's, as long as it is ours."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hil_tests.bench.place import located
from hil_tests.labgrid import place as place_module
from tests.unit.labgrid.lab import US, Lab
from tests.unit.labgrid.test_table import read


@pytest.fixture
def lab(monkeypatch: pytest.MonkeyPatch) -> Lab:
    lab = Lab()
    monkeypatch.setattr(place_module, "Client", lambda coordinator: lab)
    return lab


@contextmanager
def _nothing_left(lab: Lab) -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    assert not lab.holder
    assert not lab.reservations
    assert signal.getsignal(signal.SIGTERM) is before


def test_the_camera_is_at_the_port_of_the_place_and_the_rest_as_described(lab: Lab, tmp_path: Path) -> None:
    description = read(tmp_path, 'place = "oralcam"', '[camera]\nserial_number = "OC-1"')
    with _nothing_left(lab), located(description) as here:
        assert lab.holder == US
        assert (here.camera.port, here.camera.serial_number) == ("socket://127.0.0.1:7070", "OC-1")
        assert here.name == description.name


def test_the_rig_is_at_the_port_of_its_resource(lab: Lab, tmp_path: Path) -> None:
    description = read(tmp_path, 'place = "oralcam"\nrig = "camera"', '[camera]\nport = "COM3"\n[rig]')
    with _nothing_left(lab), located(description) as here:
        assert here.rig is not None
        assert (here.camera.port, here.rig.port) == ("COM3", "socket://127.0.0.1:7070")


def test_a_run_that_is_terminated_gives_the_place_back(lab: Lab, tmp_path: Path) -> None:
    description = read(tmp_path, 'place = "oralcam"')
    with _nothing_left(lab), pytest.raises(KeyboardInterrupt), located(description):
        os.kill(os.getpid(), signal.SIGTERM)
