"""A UART as a board's link to a host."""

import mps2

from boards.bench.runtime import ByteStream
from camera_app import hal


class UartLink(hal.Link):
    """What the UART does not take yet waits with the sender."""

    def __init__(self, number: int) -> None:
        self._stream = ByteStream(mps2.Uart(number))

    async def readinto(self, buffer: bytearray) -> int:
        """Some bytes."""
        return await self._stream.readinto(buffer)

    def write(self, view: memoryview) -> int:
        """What the UART takes at once."""
        return self._stream.write(view)

    async def writable(self) -> None:
        """Wait until the host has read some of it."""
        await self._stream.writable()
