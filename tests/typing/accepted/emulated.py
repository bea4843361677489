"""The emulator, and the fixtures of the pytest plugin in a program's own tests."""

from __future__ import annotations

from typing import assert_type

from oralcam import Camera
from oralcam.emulator import Bench, Emulator
from oralcam.emulator.scene import MouthScene
from oralcam.testing.usb.host import EmulatedUsb


def test_a_press_becomes_a_photo(oralcam_camera: Camera, oralcam_emulator: Emulator) -> None:
    oralcam_emulator.bench.press()
    assert next(oralcam_camera.presses(timeout=10)).trigger == "button"


with Emulator(scene=MouthScene(seed=4), store="flash", bulk=True) as emulator, EmulatedUsb() as usb:
    assert_type(emulator, Emulator)
    assert_type(emulator.bench, Bench)
    assert_type(emulator.bench.wait_until(lambda bench: bench.exposures == 1), bool)
    assert_type(emulator.bench.accepted, dict[int, str])
    usb.add(emulator)
    assert_type(Camera.open(emulator, host=usb), Camera)
    emulator.reset("hard")
