"""Iterate over presses in an event loop, beside other work."""

import asyncio

from oralcam import aio
from oralcam.emulator import Emulator


async def main() -> None:
    """Receive the photos of two presses, then stop waiting."""
    with Emulator() as emulator:
        async with await aio.Camera.open(emulator) as camera:
            pressing = asyncio.create_task(asyncio.to_thread(emulator.bench.press, 2))
            async for photo in camera.presses(timeout=20):
                print("press", photo.press_number, photo.size, "bytes")
                photo.release()
                if photo.press_number == 2:
                    break
            await pressing


asyncio.run(main())
