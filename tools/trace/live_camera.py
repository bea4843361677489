"""A live camera as a recorded host meets it: requests, answers, events and photos on a serial port."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from types import TracebackType

import serial

from oralcam.errors import OralcamError, PortNotFound
from oralcam_protocol.wire.codec import Event, FetchRequest, HelloReply
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame
from oralcam_protocol.wire.transfer import WINDOW, Receiver

ANSWER_S = 5.0
READ_S = 0.02
AGAIN_S = 0.3
HEARTBEAT_S = 1.0


class Incoming:
    """A photo on its way."""

    def __init__(self, size: int, now_ms: int) -> None:
        self.receiver = Receiver(size, now_ms)
        self.hash = hashlib.sha256()
        self.announced = b""  # END's digest


class LiveCamera:
    """A live camera, open while the context lasts. `wait_for` reads until something has come."""

    def __init__(self, port: str) -> None:
        try:
            self._serial = serial.serial_for_url(port, timeout=READ_S)
        except (serial.SerialException, OSError, ValueError) as error:
            raise PortNotFound(f"The camera on {port} cannot be opened ({error}).") from error
        self._decoder = Decoder()
        self.hello: HelloReply | None = None
        self.answers: dict[int, tuple[int, bytes]] = {}  # kind and payload, by the request's number
        self.events: dict[int, Event] = {}  # by number
        self.incoming: dict[int, Incoming] = {}  # by the number of their FETCH
        self._id = 0
        self._heartbeat_due_s = 0.0

    # -- what the host says --------------------------------------------------------------------------

    def greet(self, payload: bytes, ready: Callable[[HelloReply], bool], patience_s: float) -> bool:
        """Say HELLO until the answer is as it should be; return False after `patience_s`."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            self.hello, self.answers, self.events, self._id = None, {}, {}, 0
            self._serial.write(encode_frame(Kind.HELLO, payload=payload))
            if self.wait_for(lambda: self.hello is not None, AGAIN_S) and self.hello and ready(self.hello):
                return True
        return False

    def ask(self, opcode: int, payload: bytes) -> int:
        """Send a request; return its number."""
        self._id += 1
        self._send(Kind.REQ, self._id, opcode, payload)
        return self._id

    def fetch(self, payload: bytes, size: int) -> int:
        """Have a photo of `size` bytes sent."""
        self.incoming[self._id + 1] = Incoming(size, _now_ms())
        wanted = FetchRequest.unpack(payload)
        return self.ask(Opcode.FETCH, FetchRequest(wanted.capture_id, 0, WINDOW).pack() + payload[12:])

    def _send(self, kind: int, id: int, arg: int, payload: bytes = b"") -> None:
        assert self.hello is not None
        self._serial.write(encode_frame(kind, self.hello.session, id & 0xFFFF, arg, payload))

    # -- what the camera says ------------------------------------------------------------------------

    def wait_for(self, condition: Callable[[], bool], patience_s: float = ANSWER_S) -> bool:
        """Read until it holds; return False after `patience_s`. The camera hears that somebody is there."""
        deadline = time.monotonic() + patience_s
        while not condition():
            now_s = time.monotonic()
            if now_s > deadline:
                return False
            if self.hello is not None and now_s > self._heartbeat_due_s:
                self._heartbeat_due_s = now_s + HEARTBEAT_S
                self.ask(Opcode.HEARTBEAT, b"")
            try:
                data = self._serial.read(self._serial.in_waiting or 1)
            except (serial.SerialException, OSError) as error:
                raise Unplugged("The camera was unplugged in the middle of the replay.") from error
            for frame in self._decoder.feed(data):
                self._hear(frame)
            for id, incoming in self.incoming.items():
                self._keep_coming(id, incoming)
        return True

    def _hear(self, frame: Frame) -> None:
        if frame.kind == Kind.HELLO:
            self.hello = HelloReply.unpack(frame.payload)
        elif self.hello is None or frame.session != self.hello.session:
            return
        elif frame.kind in (Kind.RSP, Kind.ERR):
            self.answers[frame.id] = (frame.kind, bytes(frame.payload))
        elif frame.kind == Kind.EVENT:
            event = Event.unpack(frame.payload)
            self.events[event.number] = event
        elif frame.id in self.incoming:
            self._take_in(self.incoming[frame.id], frame)

    def _take_in(self, incoming: Incoming, frame: Frame) -> None:
        if frame.kind == Kind.DATA and incoming.receiver.data(frame.arg, len(frame.payload), _now_ms()):
            incoming.hash.update(frame.payload)
        elif frame.kind == Kind.END and incoming.receiver.end(frame.arg, _now_ms()):
            incoming.announced = bytes(frame.payload[:32])

    def _keep_coming(self, id: int, incoming: Incoming) -> None:
        incoming.receiver.poll(_now_ms())
        resume = incoming.receiver.take_resume()
        credit = incoming.receiver.take_credit()
        if resume is not None:
            self._send(Kind.RESUME, id, resume[0], resume[1].to_bytes(4, "little"))
        elif credit is not None:
            self._send(Kind.CREDIT, id, credit)

    def __enter__(self) -> LiveCamera:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._serial.close()


class Unplugged(OralcamError):
    """The live camera went away."""

    code = "unplugged"


def _now_ms() -> int:
    return int(time.monotonic() * 1000)
