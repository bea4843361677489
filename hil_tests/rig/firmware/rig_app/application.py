"""The rig controller: HELLO, requests and their answers, heat and time."""

import asyncio

from camera_app.core.session import PENDING_MS, Request, Session
from camera_app.services.clock import Clock
from camera_app.services.failure import Failure
from camera_app.services.link import FrameLink
from camera_app.version import VERSION
from oralcam_protocol.wire.codec import SCHEMA_HASH, ErrorReply, HelloReply, HelloRequest
from oralcam_protocol.wire.enums import PROTOCOL_MAJOR, PROTOCOL_MINOR, ErrorCode, Kind, Opcode
from oralcam_protocol.wire.errors import WireError
from oralcam_protocol.wire.frame import Frame, encode_frame
from rig_app.actions import Actions
from rig_app.core.thermostat import HOST_SILENT_MS, Thermostat
from rig_app.hal import RigBoard
from rig_app.messages import RigOpcode

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from collections.abc import Awaitable, Callable

    from oralcam_protocol.wire.message import Message

    Action = Callable[[bytes], Awaitable[Message | None]]

MAX_PAYLOAD = 256  # the largest request is a few bytes
TEND_S = 0.05


class Application:
    """Serves one host for ever. A host that falls silent leaves a button up and a heater off."""

    def __init__(self, board: RigBoard) -> None:
        self._board = board
        self._boot_id = board.random_u32()
        self._session = Session(self._boot_id)
        self._link = FrameLink(board.link)
        self._clock = Clock(board.ticks)
        self._thermostat = Thermostat()
        self._nonce = -1
        self._heating = False
        self._served = False
        actions = Actions(board, self._clock, self._thermostat)
        self._quick: "dict[int, Action]" = {
            RigOpcode.LIGHT: actions.light,
            RigOpcode.TEMPERATURE: actions.temperature,
            RigOpcode.HEATER: actions.heater,
        }
        self._slow: "dict[int, Action]" = {
            RigOpcode.BUTTON: actions.button,
            RigOpcode.POWER: actions.power,
            RigOpcode.PRESS: actions.press,
            RigOpcode.TIME_PRESS: actions.time_press,
        }

    async def run(self) -> None:
        """Run for ever."""
        tasks = [self._board.run(), self._tend(), self._serve()]
        running = [asyncio.create_task(task) for task in tasks]
        self._board.started()
        await asyncio.gather(*running)

    # -- heat and time -------------------------------------------------------------------------------

    async def _tend(self) -> None:
        while True:
            alive = self._session.alive(self._clock.now_ms(), HOST_SILENT_MS)
            if self._served and not alive:
                self._served = False
                self._board.button.off_at_once()
            heat = self._thermostat.heat(self._board.thermometer.read_mc(), alive)
            if heat != self._heating:
                self._heating = heat
                await self._board.heater.set(heat)
            await asyncio.sleep(TEND_S)

    # -- requests ------------------------------------------------------------------------------------

    async def _serve(self) -> None:
        while True:
            for frame in await self._link.receive():
                if frame.kind == Kind.HELLO:
                    await self._hello(frame)
                elif self._session.admit(frame, self._clock.now_ms()) and frame.kind == Kind.REQ:
                    self._served = True
                    await self._request(frame)

    async def _hello(self, frame: Frame) -> None:
        try:
            hello = HelloRequest.unpack(frame.payload)
        except WireError:
            return  # not one of ours
        if hello.nonce != self._nonce or not self._session.number:
            self._nonce = hello.nonce
            self._session.open(hello.max_payload, self._clock.now_ms())
        number = self._session.number
        reply = HelloReply(
            nonce=hello.nonce,
            session=number,
            boot_id=self._boot_id,
            reset_cause=self._board.reset_cause,
            major=PROTOCOL_MAJOR,
            minor=PROTOCOL_MINOR,
            schema_hash=SCHEMA_HASH,
            capabilities=0,
            credit=0,
            max_payload=MAX_PAYLOAD,
            photos_waiting=0,
            newest_event=0,
            serial_number=self._board.serial_number,
            firmware_version=VERSION,
            board=self._board.name,
            captures_lost=0,
        )
        await self._link.send(encode_frame(Kind.HELLO, number, frame.id, 0, reply.pack()))

    async def _request(self, frame: Frame) -> None:
        received_us = self._clock.now_us()
        request, again = self._session.begin(frame)
        if request is None:
            if again is not None:
                await self._link.send(again)
        elif request.opcode == Opcode.HEARTBEAT:
            await self._answer(request, Kind.RSP, self._clock.heartbeat(received_us, 0).pack())
        elif request.opcode == Opcode.GOODBYE:
            await self._answer(request, Kind.RSP, b"")
            self._session.close()
        elif request.opcode in self._slow:
            await self._link.send(encode_frame(Kind.PENDING, request.session, request.id, PENDING_MS))
            asyncio.create_task(self._carry_out(request, self._slow[request.opcode]))  # noqa: RUF006
        else:
            await self._carry_out(request, self._quick.get(request.opcode))

    async def _carry_out(self, request: Request, action: "Action | None") -> None:
        try:
            if action is None:
                raise Failure(
                    ErrorCode.UNSUPPORTED, "a rig controller does not know opcode {}".format(request.opcode)
                )
            result = await action(request.payload)
            kind, payload = Kind.RSP, b"" if result is None else result.pack()
        except Failure as failure:
            kind, payload = Kind.ERR, ErrorReply(failure.code, failure.detail, "").pack()
        except WireError as error:
            kind, payload = Kind.ERR, ErrorReply(ErrorCode.MALFORMED, str(error), "").pack()
        except Exception as error:
            kind, payload = Kind.ERR, ErrorReply(ErrorCode.INTERNAL, repr(error)[:80], "").pack()
        await self._answer(request, kind, payload)

    async def _answer(self, request: Request, kind: int, payload: bytes) -> None:
        reply = self._session.answer(request, kind, payload)
        if reply is not None:
            await self._link.send(reply)
