"""Tell which cameras come and go: an emulator arrives, and is unplugged once it was seen."""

import subprocess
import sys

import oralcam

# in a terminal: `oralcam emulator`
COMMAND = (sys.executable, "-m", "oralcam", "emulator", "--seconds", "60")

with subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as emulator:
    for change in oralcam.watch_cameras(timeout=30):
        print(change.kind, change.camera.serial_number, "on", change.camera.port)
        if change.kind == "left":
            break
        emulator.terminate()
