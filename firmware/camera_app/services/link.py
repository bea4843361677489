"""Frames in and out of the board's link. Nothing the host does, or fails to do, makes this stop."""

import asyncio

from camera_app.buffers import READ_MAX, RECEIVE_MAX
from camera_app.hal import Link
from oralcam_protocol.wire.frame import Decoder, Frame

WRITE_TIMEOUT_S = 0.5
BODY_TIMEOUT_S = 0.5


class FrameLink:
    """Decodes what arrives, sends one frame at a time."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._read = bytearray(READ_MAX)
        self._read_view = memoryview(self._read)
        self._decoder = Decoder(RECEIVE_MAX)
        self._turn = asyncio.Lock()
        self._senders = 0  # sending or waiting; Lock.locked() denies a turn that is promised, not yet taken
        self._stalled = False  # the host has not read for WRITE_TIMEOUT_S, and has read nothing since
        self.frames_received = 0
        self.write_stalls = 0

    def opened(self) -> "bool | None":
        """As `hal.Link.opened`."""
        return self._link.opened()

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
                count = await asyncio.wait_for(self._link.readinto(self._read), BODY_TIMEOUT_S)
            except asyncio.TimeoutError:
                return self._counted(self._decoder.give_up())
        else:
            count = await self._link.readinto(self._read)
        frames = self._decoder.feed(bytes(self._read_view[:count]))  # frames lie in what was fed
        self._decoder.take_console()  # what is not a frame has nowhere to go on the camera; it is counted
        return self._counted(frames)

    def _counted(self, frames: "list[Frame]") -> "list[Frame]":
        self.frames_received += len(frames)
        return frames

    def send_at_once(self, frame: "bytes | memoryview") -> int:
        """Hand over what the link takes now, nothing while another frame is under way; returns how much.

        The rest, if any, must follow at once by `send`: nothing may be awaited in between.
        """
        if self._senders:
            return 0
        return self._link.write(memoryview(frame))

    async def send(self, frame: "bytes | memoryview", start: int = 0) -> bool:
        """Send one whole frame, or its rest from `start`; False, and counted, if the host does not read.

        Only the first frame of those waits for it: else what the host had said before it hung would be
        carried out long after, a light request among it.
        """
        self._senders += 1
        try:
            await self._turn.acquire()  # does not give way while nobody else sends
            try:
                view = memoryview(frame)[start:]
                taken = self._link.write(view)
                if self._stalled and not taken:
                    raise asyncio.TimeoutError
                self._stalled = True
                if taken < len(view):
                    await asyncio.wait_for(self._send_rest(view[taken:]), WRITE_TIMEOUT_S)
                self._stalled = False
            finally:
                self._turn.release()
        except asyncio.TimeoutError:
            self.write_stalls += 1  # the host gets half a frame, and finds the next one
            return False
        finally:
            self._senders -= 1
        return True

    async def _send_rest(self, view: memoryview) -> None:
        while len(view):
            await self._link.writable()
            view = view[self._link.write(view) :]
