"""The same camera for asyncio."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from oralcam import Camera, Photo, aio
from oralcam.emulator import Emulator
from oralcam.errors import CameraClosed, DeviceDisconnected, DeviceFault, Unsupported
from oralcam.events import Event
from oralcam_protocol.wire.codec import LightRequest
from oralcam_protocol.wire.enums import Opcode
from tests.end_to_end.conftest import DEADLINE_S


async def until(condition: Any) -> None:
    while not condition():
        await asyncio.sleep(0.01)


def test_every_verb_is_awaitable(oralcam_emulator: Emulator) -> None:
    async def use() -> None:
        async with await aio.Camera.open(oralcam_emulator) as camera:
            await camera.lighting.preset("posterior")
            photo = await camera.capture()
            assert photo.light["posterior_left"].level == 1.0
            assert (await camera.settings.apply(gain=2.0)).gain == 2.0
            assert (await camera.health()).ok
            assert (await camera.lighting.state()).steady
            assert not any(zone.level for zone in (await camera.lighting.off()).zones.values())

    asyncio.run(use())


def test_presses_and_events_are_asynchronous_iterators(oralcam_emulator: Emulator) -> None:
    async def use() -> tuple[list[int | None], list[str]]:
        async with await aio.Camera.open(oralcam_emulator) as camera:

            async def follow() -> list[str]:
                types: list[str] = []
                async for event in camera.events(timeout=10):
                    types.append(event.type)
                    if types.count("photo") == 3:
                        break
                return types

            following = asyncio.create_task(follow())
            await asyncio.sleep(0)  # let it take its place
            pressing = asyncio.get_running_loop().run_in_executor(None, oralcam_emulator.bench.press, 3)
            numbers: list[int | None] = []
            async for photo in camera.presses(timeout=DEADLINE_S):
                numbers.append(photo.press_number)
                if len(numbers) == 3:
                    break
            await pressing
            return numbers, await following

    numbers, types = asyncio.run(use())
    assert numbers == [1, 2, 3]
    assert types.count("press") == 3


def test_the_event_loop_goes_on_while_a_press_is_awaited(oralcam_emulator: Emulator) -> None:
    async def use() -> int:
        async with await aio.Camera.open(oralcam_emulator) as camera:
            waiting = asyncio.ensure_future(anext(camera.presses(timeout=30)))
            turns = 0
            while turns < 100:
                await asyncio.sleep(0.001)
                turns += 1
            assert not waiting.done()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            return turns

    assert asyncio.run(use()) == 100


def test_close_ends_iterators_and_later_calls(oralcam_emulator: Emulator) -> None:
    async def use() -> None:
        camera = await aio.Camera.open(oralcam_emulator)
        waiting = asyncio.ensure_future(anext(camera.presses(), None))
        await camera.health()
        await camera.close()
        assert await waiting is None
        with pytest.raises((CameraClosed, RuntimeError)):
            await camera.capture()

    asyncio.run(use())


def test_an_unplugged_camera_is_said_so(oralcam_emulator: Emulator) -> None:
    async def use() -> None:
        async with await aio.Camera.open(oralcam_emulator) as camera:
            waiting = asyncio.ensure_future(anext(camera.presses(timeout=30)))
            await camera.health()
            oralcam_emulator.close()
            with pytest.raises(DeviceDisconnected):
                await waiting

    asyncio.run(use())


def test_a_camera_whose_opening_was_cancelled_is_closed(
    oralcam_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Camera] = []
    go_on = threading.Event()
    really = Camera.open

    def slowly(*arguments: Any, **options: Any) -> Camera:
        opened.append(really(*arguments, **options))
        assert go_on.wait(DEADLINE_S)
        return opened[0]

    monkeypatch.setattr(Camera, "open", slowly)

    async def use() -> None:
        opening = asyncio.ensure_future(aio.Camera.open(oralcam_emulator, spool=tmp_path))
        await until(lambda: opened)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        assert not opened[0].closed
        go_on.set()
        await until(lambda: opened[0].closed)

    asyncio.run(asyncio.wait_for(use(), DEADLINE_S))


def test_a_photo_that_a_cancelled_wait_brought_in_is_the_next_callers(
    oralcam_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived: list[Photo] = []
    go_on = threading.Event()
    really = Camera.next_press

    def slowly(self: Camera, *arguments: Any, **options: Any) -> Photo | None:
        photo = really(self, *arguments, **options)
        if photo is not None and not arrived:
            arrived.append(photo)
            assert go_on.wait(DEADLINE_S)
        return photo

    monkeypatch.setattr(Camera, "next_press", slowly)

    async def use() -> None:
        async with await aio.Camera.open(oralcam_emulator) as camera:
            waiting = asyncio.ensure_future(anext(camera.presses()))
            await asyncio.get_running_loop().run_in_executor(None, oralcam_emulator.bench.press, 2)
            await until(lambda: arrived)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            go_on.set()
            photos = [photo async for photo in camera.presses(timeout=1)]
            assert sorted(photo.press_number or 0 for photo in photos) == [1, 2]

    asyncio.run(asyncio.wait_for(use(), DEADLINE_S))


def test_callbacks_for_events_are_called_in_the_event_loop(oralcam_emulator: Emulator) -> None:
    async def use() -> None:
        events: list[tuple[Event, bool]] = []
        loop_thread = threading.current_thread()
        async with await aio.Camera.open(oralcam_emulator) as camera:
            stop = camera.on_event(
                lambda event: events.append((event, threading.current_thread() is loop_thread))
            )
            await camera.capture()
            await until(lambda: any(event.type == "photo" for event, _ in events))
            assert all(in_loop for _, in_loop in events)
            stop()
            told = len(events)
            news = camera.blocking.events()
            await camera.capture()
            assert (await asyncio.to_thread(next, news)).type == "photo"
            await asyncio.sleep(0)
            assert len(events) == told
            stop()  # harmless

    asyncio.run(asyncio.wait_for(use(), DEADLINE_S))


def test_what_is_known_of_a_camera_needs_no_waiting(oralcam_emulator: Emulator, tmp_path: Path) -> None:
    async def use() -> None:
        async with await aio.Camera.open(oralcam_emulator, spool=tmp_path, trace=tmp_path / "t") as camera:
            known = camera.blocking
            assert camera.serial_number == known.serial_number == oralcam_emulator.serial_number
            assert (camera.port, camera.transport, camera.board) == (known.port, "serial", "unix")
            assert camera.reset_cause == "power_on"
            assert camera.spool_folder == tmp_path
            assert camera.losses == []
            assert camera.emulator is None
            assert camera.down is None
            assert camera.link_counters.reconnects == 0
            assert repr(camera) == f"<aio.Camera {camera.serial_number} on {camera.port}>"
        assert isinstance(camera.down, CameraClosed)
        assert (tmp_path / "t").stat().st_size

    asyncio.run(use())


def test_a_raw_request_brings_the_cameras_answer_or_its_refusal(oralcam_emulator: Emulator) -> None:
    async def use() -> None:
        async with await aio.Camera.open(oralcam_emulator) as camera:
            assert await camera.request(Opcode.LIGHT_GET) == camera.blocking.request(Opcode.LIGHT_GET)
            with pytest.raises(Unsupported):
                await camera.request(250)
            with pytest.raises(DeviceFault):  # the camera has limits of its own
                await camera.request(Opcode.LIGHT_SET, LightRequest(1, [2000, 0, 0]).pack())
            assert not any(oralcam_emulator.bench.ring_ma.values())

    asyncio.run(asyncio.wait_for(use(), DEADLINE_S))
