"""Tell which cameras come and go: an emulator arrives, and is unplugged once it was seen."""

from contextlib import ExitStack

import oralcam
from oralcam.discovery.running_emulators import announced
from oralcam.emulator import Emulator

with ExitStack() as plug:
    emulator = plug.enter_context(Emulator())
    plug.enter_context(announced(emulator.serial_number, emulator.port))  # as `oralcam emulator` does
    for change in oralcam.watch_cameras(timeout=10):
        print(change.kind, change.camera.serial_number, "on", change.camera.port)
        if change.kind == "left":
            break
        plug.close()
