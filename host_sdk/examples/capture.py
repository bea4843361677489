"""Take one photo in the light for front teeth and save it beside this program."""

import sys

import oralcam

with oralcam.Camera.open(sys.argv[1] if len(sys.argv) > 1 else "emulator") as camera:
    camera.lighting.preset("anterior")
    photo = camera.capture()
    print(photo.save(f"{photo.capture_id}.jpg"), photo.width, "x", photo.height)
