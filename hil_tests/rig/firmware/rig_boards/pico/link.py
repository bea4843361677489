"""The Pico's own USB serial port: MicroPython's stdin and stdout, with Ctrl-C switched off."""

import asyncio
import select
import sys

import micropython  # type: ignore[import-not-found]  # MicroPython's

from camera_app.hal import Link

PAUSE_S = 0.001
MOST = 256


class StdioLink(Link):
    """A read of stdin waits for all the bytes it was asked for: so one at a time, while there are any."""

    def __init__(self) -> None:
        micropython.kbd_intr(-1)
        self._poll = select.poll()
        self._poll.register(sys.stdin, select.POLLIN)

    async def readinto(self, buffer: bytearray) -> int:
        """Some bytes."""
        while not self._poll.poll(0):
            await asyncio.sleep(PAUSE_S)
        count = 0
        while count < min(MOST, len(buffer)) and self._poll.poll(0):
            buffer[count] = sys.stdin.buffer.read(1)[0]
            count += 1
        return count

    def write(self, view: memoryview) -> int:
        """All of it, or what a host that does not read lets through: MicroPython gives up by itself."""
        written = sys.stdout.buffer.write(view)
        return len(view) if written is None else written

    async def writable(self) -> None:
        """`write` waits for itself."""
        await asyncio.sleep(PAUSE_S)
