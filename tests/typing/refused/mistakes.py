"""Mistakes that a type checker must find: each line that is wrong says which of mypy's errors it is."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import oralcam
from oralcam import aio
from oralcam.outbox.delivery import State
from oralcam.record import PatientContext, Site, Source
from oralcam.sinks.sink import Sink

oralcam.open_camera()  # E: attr-defined
camera = oralcam.Camera.open(4)  # E: arg-type
camera = oralcam.Camera.open("emulator", spol="photos")  # E: call-arg
photo: bytes = camera.capture()  # E: assignment
camera.capture(3)  # E: call-arg
camera.capture(progress=lambda received: None)  # E: arg-type misc
camera.next_press(1.0).save("molar.jpg")  # E: union-attr
for pressed in camera.presses(timeout="30"):  # E: arg-type
    pressed.taken_at.isoformat()  # E: union-attr
    pressed.gain = 2.0  # E: misc
camera.lighting.set(posterior=1.0)  # E: call-arg
camera.settings.gain = 2.0  # E: attr-defined
camera.settings.apply(gain="high")  # E: arg-type
camera.serial_number = "OC-1"  # E: misc
camera.on_event(lambda: None)  # E: arg-type misc
camera.health().temperature  # E: attr-defined
camera.event_place()  # E: attr-defined
camera.health().tip_temperature_c + 1  # E: operator
if camera.transport == "wifi":  # E: comparison-overlap
    pass

patient = PatientContext(  # E: call-arg
    patient_id="4711",
    family_name="Example",
    given_name="Zoë",
    birth_date="1990-05-17",  # E: arg-type
    source="typed",  # E: arg-type
)
armed = PatientContext(
    patient_id="4711",
    issuer="practice",
    family_name="Example",
    given_name="Zoë",
    birth_date=date(1990, 5, 17),
    source=Source.TYPED,
)


class Drawer:
    """A sink that proves nothing."""

    name = "drawer"

    def send(self, record: object, jpeg: bytes) -> None: ...


sink: Sink = Drawer()  # E: assignment
visit = oralcam.visit(camera, armed, sinks=[Path("photos")])  # E: list-item
visit.capture(26)  # E: arg-type
shot = visit.capture("ISO 26")
shot.describe("ISO 27")  # E: call-arg
shot.record.site = Site.parse("ISO 27")  # E: misc
shot.jpeg.save("molar.jpg")  # E: attr-defined
delivered = shot.deliveries[0].state is State.SENDING  # E: attr-defined
visit.filing  # E: attr-defined


async def forgetful() -> None:
    """Nothing is awaited."""
    opened = aio.Camera.open("emulator")
    opened.capture()  # E: attr-defined
    camera = await opened
    photo: oralcam.Photo = camera.capture()  # E: assignment
    for pressed in camera.presses():  # E: attr-defined
        print(pressed)
    shots = await camera.blocking.capture()  # E: misc
    print(photo, shots)


asyncio.run(forgetful)  # E: arg-type
