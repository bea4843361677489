"""Frames in and out of the board's link. Nothing the host does, or fails to do, makes this stop."""

import asyncio

from camera_app.buffers import RECEIVE_MAX
from camera_app.hal import Link
from oralcam_protocol.wire.frame import Decoder, Frame

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

WRITE_TIMEOUT_S = 0.5
BODY_TIMEOUT_S = 0.5


class FrameLink:
    """Decodes what arrives, sends one frame at a time."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._decoder = Decoder(RECEIVE_MAX)
        self._turn = asyncio.Lock()
        self.frames_received = 0
        self.write_stalls = 0

    @property
    def frames_damaged(self) -> int:
        """Frames whose header or CRC was wrong."""
        return self._decoder.damaged

    @property
    def bytes_outside(self) -> int:
        """Bytes that belonged to no frame."""
        return self._decoder.outside

    async def receive(self) -> "list[Frame]":
        """The next frames; an unfinished one is given up when its rest does not come."""
        if self._decoder.unfinished:
            try:
                data = await asyncio.wait_for(self._link.read(), BODY_TIMEOUT_S)
            except asyncio.TimeoutError:
                return self._counted(self._decoder.give_up())
        else:
            data = await self._link.read()
        frames = self._decoder.feed(data)
        self._decoder.take_console()  # what is not a frame has nowhere to go on the camera; it is counted
        return self._counted(frames)

    def _counted(self, frames: "list[Frame]") -> "list[Frame]":
        self.frames_received += len(frames)
        return frames

    async def send(self, frame: "bytes | memoryview", meanwhile: "Callable[[], None] | None" = None) -> bool:
        """Send one whole frame; False, and counted, if the host does not read.

        `meanwhile` is called once, when the link has taken what it takes at once and carries it out.
        """
        await self._turn.acquire()
        try:
            view = memoryview(frame)
            sent = self._link.write(view)
            if meanwhile is not None:
                meanwhile()
                sent += self._link.write(view[sent:])
            if sent < len(view):
                await asyncio.wait_for(self._send_rest(view[sent:]), WRITE_TIMEOUT_S)
        except asyncio.TimeoutError:
            self.write_stalls += 1  # the host gets half a frame, and finds the next one
            return False
        finally:
            self._turn.release()
        return True

    async def _send_rest(self, view: memoryview) -> None:
        while len(view):
            await self._link.writable()
            view = view[self._link.write(view) :]
