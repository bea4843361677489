"""HELLO, requests and their answers: what arrives goes to the service that does it."""

import asyncio

from camera_app.buffers import RECEIVE_MAX
from camera_app.core.session import PENDING_MS, Request
from camera_app.services.failure import Failure
from camera_app.services.link import FrameLink
from camera_app.services.photos import Photos
from camera_app.services.services import Services
from camera_app.version import VERSION
from oralcam_protocol.wire.codec import SCHEMA_HASH, ErrorReply, HelloReply, HelloRequest
from oralcam_protocol.wire.enums import PROTOCOL_MAJOR, PROTOCOL_MINOR, ErrorCode, Kind, Opcode
from oralcam_protocol.wire.errors import WireError
from oralcam_protocol.wire.frame import Frame, encode_frame

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from collections.abc import Awaitable, Callable

    from oralcam_protocol.wire.message import Message

    Action = Callable[[bytes], Awaitable[Message | None]]

CREDIT = 4096  # bytes the camera takes unasked
LOG_CHARACTERS = 600


class SessionService:
    """Takes what arrives. `quick` requests are done at once, `slow` ones in a task of their own."""

    def __init__(self, services: Services, photos: Photos) -> None:
        self._board = services.board
        self._boot_id = services.boot_id
        self._session = services.session
        self._links = services.links
        self._clock = services.clock
        self._events = services.events
        self._queue = services.queue
        self._photos = photos
        self._lighting = services.lighting
        self._log = services.log
        self._losses = services.losses
        self._nonce = -1  # of the session's HELLO
        self.quick: "dict[int, Action]" = {}
        self.slow: "dict[int, Action]" = {}
        self.opened: "Callable[[], None]" = lambda: None  # a session was, and events are pushed to it

    async def listen(self, link: FrameLink) -> None:
        """Read one interface's frames for ever."""
        while True:
            for frame in await link.receive():
                if frame.kind == Kind.HELLO:
                    await self._hello(frame, link)
                elif link is not self._links.active:
                    self._session.stale += 1  # of a session that has moved to another interface
                elif self._session.admit(frame, self._clock.now_ms()):
                    self._lighting.heard()
                    if frame.kind == Kind.REQ:
                        await self._request(frame)
                    elif frame.kind in (Kind.CREDIT, Kind.RESUME):
                        self._photos.feed(frame)

    async def _hello(self, frame: Frame, link: FrameLink) -> None:
        try:
            hello = HelloRequest.unpack(frame.payload)
        except WireError as error:
            self._log.say("HELLO: {}".format(error))
            return
        # Answered even if the host speaks another major version: it learns ours from the frame. A repeated
        # HELLO, or one that was on its way for long, is answered again and changes nothing.
        if hello.nonce != self._nonce or not self._session.number:
            self._nonce = hello.nonce
            self._links.active = link
            self._session.open(hello.max_payload, self._clock.now_ms())
            self._events.session_opened()
            self.opened()
        number = self._session.number
        reply = HelloReply(
            nonce=hello.nonce,
            session=number,
            boot_id=self._boot_id,
            reset_cause=self._board.reset_cause,
            major=PROTOCOL_MAJOR,
            minor=PROTOCOL_MINOR,
            schema_hash=SCHEMA_HASH,
            capabilities=self._board.capabilities,
            credit=CREDIT,
            max_payload=RECEIVE_MAX,
            photos_waiting=len(self._queue),
            newest_event=self._events.ring.newest,
            serial_number=self._board.serial_number,
            firmware_version=VERSION,
            board=self._board.name,
            captures_lost=self._losses.unknown,
        )
        await link.send(encode_frame(Kind.HELLO, number, frame.id, 0, reply.pack()))

    async def _request(self, frame: Frame) -> None:
        received_us = self._clock.now_us()
        request, again = self._session.begin(frame)
        if request is None:
            if again is not None:
                await self._links.send(again)
        elif request.opcode == Opcode.HEARTBEAT:
            reply = self._clock.heartbeat(received_us, self._events.ring.newest)
            await self._answer(request, Kind.RSP, reply.pack())
        elif request.opcode == Opcode.FETCH:
            await self._carry_out(request, lambda payload: self._photos.fetch(payload, request))
            self._photos.fetch_answered()
        elif request.opcode in self.slow:
            await self._links.send(encode_frame(Kind.PENDING, request.session, request.id, PENDING_MS))
            asyncio.create_task(self._carry_out(request, self.slow[request.opcode]))  # noqa: RUF006
        elif request.opcode == Opcode.GOODBYE:
            await self._answer(request, Kind.RSP, b"")
            self._session.close()
            self._lighting.host_gone()
        else:
            await self._carry_out(request, self.quick.get(request.opcode))

    async def _carry_out(self, request: Request, action: "Action | None") -> None:
        try:
            if action is None:
                raise Failure(ErrorCode.UNSUPPORTED, "opcode {} is not known".format(request.opcode))
            result = await action(request.payload)
            kind, payload = Kind.RSP, b"" if result is None else result.pack()
        except Failure as failure:
            kind, payload = Kind.ERR, self._error(failure.code, failure.detail)
        except WireError as error:
            kind, payload = Kind.ERR, self._error(ErrorCode.MALFORMED, str(error))
        except Exception as error:
            self._log.failure("request {}".format(request.opcode), error)
            kind, payload = Kind.ERR, self._error(ErrorCode.INTERNAL, repr(error)[:80])
        await self._answer(request, kind, payload)

    def _error(self, code: int, detail: str) -> bytes:
        return ErrorReply(code, detail, self._log.tail(LOG_CHARACTERS)).pack()

    async def _answer(self, request: Request, kind: int, payload: bytes) -> None:
        reply = self._session.answer(request, kind, payload)
        if reply is not None:
            await self._links.send(reply)
