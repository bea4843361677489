"""A host in the camera's own program: says HELLO, asks, fetches, acknowledges; notes when frames come."""

import asyncio

from oralcam_protocol.wire.codec import AcknowledgeRequest, End, Event, FetchRequest, HelloReply, HelloRequest
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.frame import HEADER_SIZE, encode_frame
from tools.testbeds.qemu_arm.virtual_time.guest.world import QueueLink

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from oralcam_protocol.wire.codec import Photo

DATA_NOTED = 16  # moments of the last DATA frames


class Host:
    """Knows frames by their headers: no byte of the link is ever damaged here."""

    def __init__(self, link: QueueLink) -> None:
        self._link = link
        self._session = 0
        self._id = 0
        self._came = asyncio.Event()
        self._inbox: "list[tuple[bytes, int]]" = []
        self._answers: "dict[int, bytes]" = {}
        self._hello = b""
        self._digest = b""
        self.said_at = 0  # when the last frame but DATA was sent, in instructions
        self.data_at: "list[int]" = []
        self.events: "list[tuple[Event, int]]" = []
        link.sent = self._take

    def _take(self, view: memoryview, at: int) -> None:
        """As little as possible: it is the camera's time."""
        kind = view[2] & 15
        if kind == Kind.DATA:
            if len(self.data_at) < DATA_NOTED:
                self.data_at.append(at)
            return
        self.said_at = at
        self._inbox.append((bytes(view), at))
        self._came.set()

    async def _coming(self) -> None:
        self._came.clear()
        await self._came.wait()
        while self._inbox:
            self._read(*self._inbox.pop(0))

    def _read(self, frame: bytes, at: int) -> None:
        kind = frame[2] & 15
        payload = frame[HEADER_SIZE : HEADER_SIZE + (frame[12] | frame[13] << 8)]
        if frame[3]:
            payload = payload[:-1]  # padded
        if kind == Kind.HELLO:
            self._hello = payload
        elif kind in (Kind.RSP, Kind.ERR):
            self._answers[frame[6] | frame[7] << 8] = payload if kind == Kind.RSP else b""
        elif kind == Kind.END:
            self._digest = End.unpack(payload).sha256
        elif kind == Kind.EVENT:
            self.events.append((Event.unpack(payload), at))

    async def hello(self) -> HelloReply:
        """Open a session."""
        self._link.arrive(encode_frame(Kind.HELLO, payload=HelloRequest(1, 1, 1, 65536, 16384).pack()))
        while not self._hello:
            await self._coming()
        reply = HelloReply.unpack(self._hello)
        self._session = reply.session
        return reply

    async def ask(self, opcode: int, payload: bytes = b"") -> bytes:
        """A request and its answer; b"" if that is an error."""
        self._id = self._id % 0xFFFF + 1
        self._link.arrive(encode_frame(Kind.REQ, self._session, self._id, opcode, payload))
        while self._id not in self._answers:
            await self._coming()
        return self._answers.pop(self._id)

    async def event(self, type: int) -> "tuple[Event, int]":
        """The next event of a type, and when it was sent; others are dropped."""
        while True:
            while self.events:
                event, at = self.events.pop(0)
                if event.type == type:
                    return event, at
            await self._coming()

    async def fetch(self, photo: "Photo") -> None:
        """Fetch a photo and have it freed."""
        self.data_at = []
        self._digest = b""
        await self.ask(Opcode.FETCH, FetchRequest(photo.capture_id, 0, photo.size).pack())
        while not self._digest:
            await self._coming()
        await self.ask(Opcode.ACKNOWLEDGE, AcknowledgeRequest(photo.capture_id, self._digest).pack())
