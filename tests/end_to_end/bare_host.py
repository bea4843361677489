"""The least that can talk to a camera: frames by hand, over a serial port or a bulk interface."""

from __future__ import annotations

import socket
import time

import serial

from oralcam_protocol.wire.codec import ErrorReply, HelloReply, HelloRequest
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame

DEADLINE_S = 60.0


class Host:
    """The least that can talk to a camera."""

    def __init__(self, port: str | BulkInterface, nonce: int = 76) -> None:
        self.port = SerialInterface(port) if isinstance(port, str) else port
        self.session = 0
        self._nonce = nonce
        self._decoder = Decoder()
        self._frames: list[tuple[Frame, bytes]] = []
        self._id = 0
        self.hello()

    def hello(self, max_payload: int = 16384) -> HelloReply:
        self._nonce += 1
        hello = HelloRequest(self._nonce, 1, 1, 65536, max_payload)
        self.port.write(encode_frame(Kind.HELLO, payload=hello.pack()))
        reply = HelloReply.unpack(self.wait(Kind.HELLO)[1])
        self.session = reply.session
        return reply

    def send(self, kind: int, id: int, arg: int, payload: bytes = b"") -> None:
        self.port.write(encode_frame(kind, self.session, id, arg, payload))

    def ask(self, opcode: int, payload: bytes = b"") -> int:
        self._id += 1
        self.send(Kind.REQ, self._id, opcode, payload)
        return self._id

    def answer(self, opcode: int, payload: bytes = b"") -> bytes:
        id = self.ask(opcode, payload)
        return self.wait(Kind.RSP, id)[1]

    def error(self, opcode: int, payload: bytes = b"") -> ErrorReply:
        id = self.ask(opcode, payload)
        return ErrorReply.unpack(self.wait(Kind.ERR, id)[1])

    def wait(self, kind: int, id: int | None = None) -> tuple[Frame, bytes]:
        """The next frame of a kind; others are kept for later calls."""
        deadline = time.monotonic() + DEADLINE_S
        while True:
            for place, (frame, payload) in enumerate(self._frames):
                if frame.kind == kind and id in (None, frame.id):
                    del self._frames[place]
                    return frame, payload
            assert time.monotonic() < deadline, f"no frame of kind {kind}, id {id}"
            for frame in self._decoder.feed(self.port.read()):
                self._frames.append((frame, bytes(frame.payload)))

    def data(self, id: int, until: int, offset: int = 0) -> bytes:
        """DATA of a transfer from `offset` up to `until`, which must come in order."""
        whole = b""
        while offset + len(whole) < until:
            frame, payload = self.wait(Kind.DATA, id)
            assert frame.arg == offset + len(whole)
            whole += payload
        return whole

    def quiet(self) -> bool:
        """Nothing but an answer to a heartbeat comes any more."""
        id = self.ask(Opcode.HEARTBEAT)
        self.wait(Kind.RSP, id)
        return not [frame for frame, _ in self._frames if frame.kind == Kind.DATA]


class SerialInterface:
    """A serial port."""

    def __init__(self, port: str) -> None:
        self._serial = serial.Serial(port, timeout=0.05)

    def read(self) -> bytes:
        """What is there; b"" if there is nothing."""
        return bytes(self._serial.read(self._serial.in_waiting or 1))

    def write(self, data: bytes) -> None:
        """All of it."""
        self._serial.write(data)

    def drop(self) -> None:
        """What the system holds for us is not wanted."""
        self._serial.reset_input_buffer()

    def close(self) -> None:
        """Give the port back."""
        self._serial.close()


class BulkInterface:
    """The host's end of an emulator's bulk interface."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        end.settimeout(0.05)

    def read(self) -> bytes:
        """What is there; b"" if there is nothing."""
        try:
            return self._end.recv(65536)
        except TimeoutError:
            return b""

    def write(self, data: bytes) -> None:
        """All of it."""
        self._end.sendall(data)

    def drop(self) -> None:
        """What the system holds for us is not wanted."""
        while self.read():
            pass

    def close(self) -> None:
        """It stays the emulator's."""
