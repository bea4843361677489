"""The same camera for asyncio."""

from __future__ import annotations

import asyncio

import pytest

from oralcam import aio
from oralcam.emulator import Emulator
from oralcam.errors import CameraClosed, DeviceDisconnected
from tests.end_to_end.conftest import DEADLINE_S


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
