"""Ask whether the picture is good while the patient is still in the chair, and what to do if not."""

import oralcam
from oralcam.emulator import Emulator
from oralcam.emulator.scene import MouthScene

for blur_px in (0.0, 7.0):
    with (
        Emulator(scene=MouthScene((1280, 720), blur_px=blur_px)) as emulator,
        oralcam.Camera.open(emulator) as camera,
    ):
        camera.lighting.preset("even")
        photo = camera.capture()
        report = photo.quality()
        print(f"blur {blur_px} px: {report.verdict}", *report.warnings, sep="\n  ")
        photo.release()
