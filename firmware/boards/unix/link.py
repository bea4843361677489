"""An inherited descriptor as a board's link: the tty on stdin and stdout, the socket of a bulk interface."""

import asyncio

from boards.bench.runtime import ByteStream
from camera_app import hal

NO_HOST_PAUSE_S = 0.05


class DescriptorLink(hal.Link):
    """Raw and non-blocking (the emulator sets that before it starts MicroPython)."""

    def __init__(self, read_from: int, write_to: int) -> None:
        self._in = ByteStream(open(read_from, "rb"))
        self._out = ByteStream(open(write_to, "wb"))

    async def readinto(self, buffer: bytearray) -> int:
        """Some bytes; 0 while no host has it open (a pty says EIO then)."""
        try:
            count = await self._in.readinto(buffer)
        except OSError:
            count = 0
        if not count:
            await asyncio.sleep(NO_HOST_PAUSE_S)
        return count

    def write(self, view: memoryview) -> int:
        """What fits into the system's buffer: about 12 KB in a pty's."""
        return self._out.write(view)

    async def writable(self) -> None:
        """Wait until the host has read some of it."""
        await self._out.writable()
