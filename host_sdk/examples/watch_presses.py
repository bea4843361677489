"""Save the photo of every press of the button, until none came for ten seconds."""

import sys

import oralcam

with oralcam.Camera.open(sys.argv[1] if len(sys.argv) > 1 else "emulator") as camera:
    if camera.emulator:
        camera.emulator.bench.press(2)  # an emulated button needs an emulated hand
    for photo in camera.presses(timeout=10):
        print(f"press {photo.press_number}:", photo.save(f"{photo.capture_id}.jpg"))
        if camera.emulator and photo.press_number == 2:
            break  # nobody presses it any more
