"""UARTs as a board's links and as its bench channel."""

import mps2

from boards.unix.bench import Bench
from boards.unix.runtime import ByteStream
from camera_app import hal

LINK, BENCH, BULK = 1, 2, 3  # UART 0 is the console


class UartLink(hal.Link):
    """The product's link: what is sent and not taken yet waits with the sender."""

    def __init__(self, number: int) -> None:
        self._stream = ByteStream(mps2.Uart(number))
        self._buffer = bytearray(1024)
        self._view = memoryview(self._buffer)

    async def read(self) -> bytes:
        """Some bytes."""
        count = await self._stream.readinto(self._buffer)
        return bytes(self._view[:count])

    def write(self, view: memoryview) -> int:
        """What the UART takes at once."""
        return self._stream.write(view)

    async def writable(self) -> None:
        """Wait until the host has read some of it."""
        await self._stream.writable()


class UartBench(Bench):
    """The bench channel on a UART."""

    def __init__(self, number: int) -> None:
        self._stream = mps2.Uart(number)
        self._lines = ByteStream(self._stream)
        self.listeners = {}
