"""The firmware as it is shipped to boards, compiled, runs as its sources do."""

from __future__ import annotations

from pathlib import Path

import pytest

from hil_tests.bench.compiled_firmware import compile_firmware
from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.errors import EmulatorError


def test_compiled_firmware_takes_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_firmware(tmp_path / "firmware")
    assert [path.name for path in (tmp_path / "firmware").rglob("*.py")] == ["main.py"]
    monkeypatch.setenv("ORALCAM_FIRMWARE", str(tmp_path / "firmware"))
    with Emulator() as emulator, Camera(emulator.port, spool=tmp_path / "spool") as camera:
        emulator.bench.press()
        assert camera.next_press(10) is not None


def test_a_folder_without_firmware_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_FIRMWARE", str(tmp_path))
    with pytest.raises(EmulatorError, match=r"where no main\.py is; correct or unset it"):
        Emulator()
