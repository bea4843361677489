"""Learn that a press was refused, and why: the button is locked while the handpiece is wiped."""

import oralcam
from oralcam.emulator import Emulator

with Emulator() as emulator, oralcam.Camera.open(emulator) as camera:
    camera.settings.apply(button_locked=True)
    events = camera.events(timeout=10)
    emulator.bench.press()
    for event in events:
        print(event.number, event.type, event.detail)
        if event.type == "release":
            break
