"""A camera with a bulk interface and a serial port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.testing.usb.host import EmulatedCamera, EmulatedUsb
from tests.end_to_end.conftest import jpeg_of


@pytest.fixture
def emulator(replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, bulk=True, store="flash") as running:
        yield running


@pytest.fixture
def usb() -> Iterator[EmulatedUsb]:
    with EmulatedUsb() as host:
        yield host


@pytest.fixture
def device(usb: EmulatedUsb, emulator: Emulator) -> EmulatedCamera:
    return usb.add(emulator)


@pytest.fixture
def camera(usb: EmulatedUsb, device: EmulatedCamera, emulator: Emulator, tmp_path: Path) -> Iterator[Camera]:
    with Camera.open(emulator.serial_number, spool=tmp_path / "spool", host=usb) as opened:
        yield opened


@pytest.fixture
def long_replay(tmp_path: Path) -> Path:
    path = tmp_path / "long.jpg"
    path.write_bytes(jpeg_of(20_000_000))
    return path
