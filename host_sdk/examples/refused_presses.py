"""What happens on the camera: events, a press that is refused, and why."""

import oralcam
from oralcam.emulator import Emulator

with Emulator() as emulator, oralcam.Camera.open(emulator) as camera:
    camera.settings.apply(button_locked=True)  # the handpiece is being wiped
    events = camera.events(timeout=1)
    emulator.bench.press()
    for event in events:
        print(event.number, event.type, event.detail)
