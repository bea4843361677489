"""Presses as an asynchronous iterator, beside other work in one event loop."""

import asyncio

from oralcam import aio
from oralcam.emulator import Emulator


async def main() -> None:
    """Two presses, then the end."""
    with Emulator() as emulator:
        async with await aio.Camera.open(emulator) as camera:
            pressing = asyncio.create_task(asyncio.to_thread(emulator.bench.press, 2))
            async for photo in camera.presses(timeout=2):
                print("press", photo.press_number, photo.size, "bytes")
            await pressing


asyncio.run(main())
