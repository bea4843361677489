"""The bare-metal boards, built before the first test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from oralcam.emulator.qemu_arm.images import MACHINES
from tests.end_to_end.conftest import jpeg_of
from tools.testbeds.qemu_arm.building import build

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "firmware"))  # layouts and records are compared


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    for board in MACHINES:
        build(board, say=print)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the spool of the person who runs it."""
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))


@pytest.fixture
def replay(tmp_path: Path) -> Path:
    """A photo of 20 kB."""
    path = tmp_path / "replay.jpg"
    path.write_bytes(jpeg_of(20_000))
    return path


@pytest.fixture(params=MACHINES)
def emulator(request: pytest.FixtureRequest, replay: Path) -> Iterator[Emulator]:
    with Emulator(replay=replay, board=request.param) as running:
        yield running
