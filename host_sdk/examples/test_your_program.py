"""Test a program of your own with the pytest plugin: each test gets a camera, with a hand on its button."""

import sys
import tempfile

import pytest

import oralcam
from oralcam.emulator import Emulator


def test_a_press_becomes_a_photo(oralcam_camera: oralcam.Camera, oralcam_emulator: Emulator) -> None:
    """Replace this with a test that calls your program."""
    oralcam_emulator.bench.press()
    photo = next(oralcam_camera.presses(timeout=10))
    assert photo.trigger == "button"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(pytest.main([__file__, "--quiet", "-p", "no:cacheprovider", f"--basetemp={folder}/tests"]))
