"""What `info` and `capture` of a running camera load (P6, without a clock)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from tests.loaded_modules import BASELINE, COMMAND, heavy, modules_of

INFO = 67  # modules on top of a bare program's, small ones; those in SLOW are as many milliseconds
CAPTURE = 86
SLOW = {"dataclasses", "inspect", "typing", "pathlib", "urllib.parse", "asyncio", "concurrent.futures"}


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))


def test_info_loads_little(emulator: Emulator) -> None:
    loaded = modules_of(COMMAND, "info", "--port", emulator.port)
    assert heavy(loaded) | (loaded & {*SLOW, "hashlib", "datetime"}) == set()
    assert len(loaded - modules_of(BASELINE)) <= INFO


def test_capture_loads_what_makes_a_photo_durable_and_no_more(emulator: Emulator, tmp_path: Path) -> None:
    loaded = modules_of(COMMAND, "capture", "--port", emulator.port, "-o", tmp_path / "photo.jpg")
    assert (tmp_path / "photo.jpg").exists()
    assert heavy(loaded) | (loaded & SLOW) == set()
    assert len(loaded - modules_of(BASELINE)) <= CAPTURE
