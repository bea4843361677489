"""The pty on stdin and stdout as a board's link."""

import asyncio

from boards.unix.runtime import ByteStream
from camera_app import hal

NO_HOST_PAUSE_S = 0.05


class PtyLink(hal.Link):
    """Standard input and output, raw, non-blocking (the emulator sets that before it starts MicroPython)."""

    def __init__(self) -> None:
        self._in = ByteStream(open(0, "rb"))
        self._out = ByteStream(open(1, "wb"))
        self._buffer = bytearray(1024)
        self._view = memoryview(self._buffer)

    async def read(self) -> bytes:
        """Some bytes; b"" while no host has the port open (the pty says EIO then)."""
        try:
            count = await self._in.readinto(self._buffer)
        except OSError:
            count = 0
        if not count:
            await asyncio.sleep(NO_HOST_PAUSE_S)
            return b""
        return bytes(self._view[:count])

    def write(self, view: memoryview) -> int:
        """What fits into the pty: about 12 KB."""
        return self._out.write(view)

    async def writable(self) -> None:
        """Wait until the host has read some of it."""
        await self._out.writable()
