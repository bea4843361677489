"""Presses as an asynchronous iterator, beside other work in one event loop."""

import asyncio

from oralcam import aio


async def main() -> None:
    """Two presses, then the end."""
    async with await aio.Camera.open("emulator") as camera:
        bench = camera.blocking.emulator.bench
        asyncio.get_running_loop().run_in_executor(None, lambda: [bench.press() for _ in range(2)])
        async for photo in camera.presses(timeout=2):
            print("press", photo.press_number, photo.size, "bytes")


asyncio.run(main())
