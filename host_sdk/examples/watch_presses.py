"""Save the photo of every press until nobody has pressed for ten seconds."""

import sys

import oralcam

with oralcam.Camera.open(sys.argv[1] if len(sys.argv) > 1 else "emulator") as camera:
    if camera.emulator:
        camera.emulator.bench.press()  # nobody else will
    for photo in camera.presses(timeout=10 if camera.emulator is None else 2):
        print(f"press {photo.press_number}:", photo.save(f"{photo.capture_id}.jpg"))
