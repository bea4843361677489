"""The same for asyncio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import assert_type

import oralcam
from oralcam import aio
from oralcam.lighting import LightState
from oralcam.outbox.delivery import Delivery
from oralcam.record import CaptureRecord, PatientContext, QuarantinedPhoto
from oralcam.settings import SettingValues


async def photograph(patient: PatientContext) -> None:
    async with await aio.Camera.open("emulator", trace="session.trace") as camera:
        assert_type(camera, aio.Camera)
        assert_type(await camera.capture(sharpest_of=2), oralcam.Photo)
        assert_type(camera.presses(timeout=3), AsyncIterator[oralcam.Photo])
        assert_type(await camera.next_press(1.0), oralcam.Photo | None)
        assert_type(camera.events(), AsyncIterator[oralcam.Event])
        assert_type(await camera.lighting.preset("even"), LightState)
        assert_type(await camera.settings.apply(gain=2.0), SettingValues)
        assert_type(await camera.health(), oralcam.Health)
        assert_type(camera.serial_number, str)
        assert_type(camera.spool_folder, Path)
        assert_type(camera.blocking, oralcam.Camera)
        assert_type(await camera.wait_connected(), bool)
        async with await aio.visit(camera, patient, operator="Dr. A") as visit:
            assert_type(visit, aio.Visit)
            shot = await visit.capture("ISO 26")
            assert_type(shot, aio.Shot)
            assert_type(await shot.describe(reason="Cracked cusp"), CaptureRecord)
            assert_type(await shot.jpeg(), bytes)
            assert_type(await shot.deliveries(), tuple[Delivery, ...])
            assert_type(visit.presses(), AsyncIterator[aio.Shot])
            assert_type(await visit.shots(), tuple[aio.Shot, ...])
            assert_type(await visit.quarantined(), tuple[QuarantinedPhoto, ...])
            assert_type(await visit.wait_confirmed(5), bool)
    async for change in aio.watch_cameras(timeout=1):
        assert_type(change, oralcam.CameraChange)
