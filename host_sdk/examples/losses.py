"""Learn which photo a reset took away from a camera that keeps its photos in memory only."""

import tempfile

import oralcam
from oralcam.emulator import Emulator

with tempfile.TemporaryDirectory() as spool, Emulator(store="psram") as emulator:
    emulator.bench.press()
    emulator.bench.wait_until(lambda bench: len(bench.accepted) == 1)
    emulator.reset()  # the photo was accepted, and no program has fetched it
    with oralcam.Camera.open(emulator, spool=spool) as camera:
        for lost in camera.losses:
            print(f"press {lost.press_number}: photo {lost.capture_id} was lost; take it again")
