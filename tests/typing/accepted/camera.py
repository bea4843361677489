"""A camera: what its methods return, and what a photo holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, assert_type

import numpy
from numpy.typing import NDArray

import oralcam
from oralcam.emulator import Emulator
from oralcam.lighting import LightState, ZoneLight
from oralcam.quality import QualityReport
from oralcam.settings import SettingValues


def progress(received: int, size: int) -> None:
    print(received, size)


with oralcam.Camera.open("emulator", spool=Path("spool"), trace="session.trace") as camera:
    assert_type(camera, oralcam.Camera)
    photo = camera.capture(sharpest_of=3, progress=progress)
    assert_type(photo, oralcam.Photo)
    assert_type(camera.presses(timeout=30), Iterator[oralcam.Photo])
    assert_type(camera.next_press(), oralcam.Photo | None)
    assert_type(camera.events(5.0), Iterator[oralcam.Event])
    stop = camera.on_event(lambda event: print(event.type, event.at, event.press_number))
    assert_type(stop(), None)
    assert_type(camera.lighting.preset("posterior"), LightState)
    assert_type(camera.lighting.set(anterior=0.5).zones, Mapping[str, ZoneLight])
    assert_type(camera.settings.apply(gain=2.0, button_locked=True), SettingValues)
    assert_type(camera.settings.get().exposure_us, int)
    assert_type(camera.health(), oralcam.Health)
    assert_type(camera.health().tip_temperature_c, float | None)
    assert_type(camera.serial_number, str)
    assert_type(camera.reset_cause, str)
    assert_type(camera.capabilities, frozenset[str])
    assert_type(camera.photos_waiting, int)
    assert_type(camera.transport, Literal["bulk", "serial", "tcp"])
    assert_type(camera.losses, list[oralcam.CaptureLost])
    assert_type(camera.link_counters, oralcam.LinkCounters)
    assert_type(camera.down, oralcam.OralcamError | None)
    assert_type(camera.emulator, Emulator | None)
    assert_type(camera.wait_connected(5), bool)
    assert_type(camera.request(3), bytes)

assert_type(photo.jpeg, bytes)
assert_type(photo.sha256, str)
assert_type(photo.taken_at, datetime | None)
assert_type(photo.trigger, Literal["host", "button"])
assert_type(photo.light, Mapping[str, ZoneLight])
assert_type(photo.light["anterior"].level, float)
assert_type(photo.save("molar.jpg"), Path)
assert_type(photo.quality(), QualityReport)
assert_type(photo.quality("anterior"), QualityReport)
assert_type(photo.array(), NDArray[numpy.uint8])

for info in oralcam.list_cameras():
    assert_type(info, oralcam.CameraInfo)
    assert_type(info.ports, tuple[str, ...])
for change in oralcam.watch_cameras(timeout=2):
    assert_type(change.kind, Literal["arrived", "left"])
