"""Have a function called for everything that happens on the camera: press, release, photo."""

import queue

import oralcam
from oralcam.emulator import Emulator

with Emulator() as emulator, oralcam.Camera.open(emulator) as camera:
    seen: queue.Queue[oralcam.Event] = queue.Queue()
    stop = camera.on_event(seen.put)  # called in a thread of its own, one event at a time
    emulator.bench.press()
    while True:
        event = seen.get(timeout=10)
        print(event.number, event.type, f"press {event.press_number}", event.capture_id or "")
        if event.type == "photo":
            break
    stop()
