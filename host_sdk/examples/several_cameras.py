"""Use two cameras at once, each in a thread of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import oralcam
from oralcam.emulator import Emulator

with ExitStack() as stack:
    emulators = [stack.enter_context(Emulator(serial_number=f"CHAIR-{number}")) for number in (1, 2)]
    cameras = [stack.enter_context(oralcam.Camera.open(emulator)) for emulator in emulators]
    with ThreadPoolExecutor() as threads:
        for photo in threads.map(oralcam.Camera.capture, cameras):
            print(photo.serial_number, "took", photo.capture_id)
            photo.release()
