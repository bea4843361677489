"""What `info` and `capture` of a running camera load (P6, without a clock); `--help` and `list`: tests/unit/cli."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralcam.emulator import Emulator
from tests.loaded_modules import BASELINE, COMMAND, heavy, modules_of

INFO = 45  # modules on top of a bare program's; each is about 0.2 ms
CAPTURE = 85


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("words", [["info"], ["info", "--json"]], ids=" ".join)
def test_info_loads_little(words: list[str], emulator: Emulator) -> None:
    loaded = modules_of(COMMAND, *words, "--port", emulator.port)
    print(len(loaded - modules_of(BASELINE)), sorted(loaded - modules_of(BASELINE)))
    assert heavy(loaded) == set()
    assert len(loaded - modules_of(BASELINE)) <= INFO


def test_capture_loads_what_makes_a_photo_durable(emulator: Emulator, tmp_path: Path) -> None:
    loaded = modules_of(COMMAND, "capture", "--port", emulator.port, "-o", tmp_path / "photo.jpg")
    print(len(loaded - modules_of(BASELINE)), sorted(loaded - modules_of(BASELINE)))
    assert (tmp_path / "photo.jpg").exists()
    assert heavy(loaded) == set()
    assert len(loaded - modules_of(BASELINE)) <= CAPTURE
