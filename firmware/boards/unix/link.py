"""The pty on stdin and stdout as a board's link."""

import asyncio

from boards.unix.runtime import ByteStream
from camera_app import hal

NO_HOST_PAUSE_S = 0.05
SPINS = 20  # tries to write before waiting in earnest: a reading host makes room within microseconds


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

    async def write(self, view: memoryview, timeout_s: float) -> bool:
        """All of `view`, as fast as the host reads it."""
        sent = self._out.write(view)
        if sent == len(view):
            return True
        for _ in range(SPINS):
            await asyncio.sleep(0)
            sent += self._out.write(view[sent:])
            if sent == len(view):
                return True
        try:
            await asyncio.wait_for(self._write_rest(view[sent:]), timeout_s)
        except asyncio.TimeoutError:
            return False
        return True

    async def _write_rest(self, view: memoryview) -> None:
        while view:
            await self._out.writable()
            view = view[self._out.write(view) :]
