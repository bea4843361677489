"""The camera's side of a session: which frames count, and that a request is carried out exactly once."""

from camera_app.core.kept_replies import KEPT, SLOT, KeptReplies
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Frame, encode_frame

KEPT_REPLIES = KEPT  # the host never starts a request that is so many numbers ahead of an unanswered one
PENDING_MS = 1000


class Request:
    """A request to carry out."""

    def __init__(self, session: int, id: int, opcode: int, payload: bytes) -> None:
        self.session = session
        self.id = id
        self.opcode = opcode
        self.payload = payload


class Session:
    """One host at a time; a new HELLO ends the session before it."""

    def __init__(self, previous_number: int = 0, buffer: "bytearray | None" = None) -> None:
        self.number = 0  # 0: none open
        self.max_payload = 0
        self.stale = 0  # frames of another session, or requests too old to be answered again
        self._previous = previous_number & 0xFFFF
        self._newest = 0
        self._heard_ms = 0
        self._replies = KeptReplies(bytearray(KEPT * SLOT) if buffer is None else buffer)

    def open(self, max_payload: int, now_ms: int) -> int:
        """A HELLO arrived; returns the new session's number, never 0 and never the one before."""
        self._previous = self._previous % 0xFFFF + 1
        self.number = self._previous
        self.max_payload = max_payload
        self._replies.clear()
        self._newest = 0
        self._heard_ms = now_ms
        return self.number

    def close(self) -> None:
        """The host said goodbye."""
        self.number = 0
        self._replies.clear()

    def alive(self, now_ms: int, silence_ms: int) -> bool:
        """Is a session open whose host was heard within `silence_ms`?"""
        return self.number != 0 and now_ms - self._heard_ms <= silence_ms

    def admit(self, frame: Frame, now_ms: int) -> bool:
        """Does the frame belong to this session? Others are counted."""
        if self.number == 0 or frame.session != self.number:
            self.stale += 1
            return False
        self._heard_ms = now_ms
        return True

    def begin(self, frame: Frame) -> "tuple[Request | None, bytes | None]":
        """A REQ frame: the request to carry out, or else the bytes to answer its repetition with."""
        ahead = (frame.id - self._newest) & 0xFFFF
        if self._replies.known(frame.id):
            again = self._replies.reply(frame.id)
            return None, encode_frame(
                Kind.PENDING, self.number, frame.id, PENDING_MS
            ) if again is None else again
        if ahead >= 0x8000 and 0x10000 - ahead >= KEPT_REPLIES:
            self.stale += 1
            return None, None
        if 0 < ahead < 0x8000:
            self._newest = frame.id
            self._replies.drop_old(frame.id)
        self._replies.expect(frame.id)
        return Request(self.number, frame.id, frame.arg, bytes(frame.payload)), None

    def answer(self, request: Request, kind: int, payload: bytes) -> "bytes | None":
        """The request's outcome as bytes to send, kept for repetitions; None if its session is over."""
        if request.session != self.number:
            return None
        reply = encode_frame(kind, request.session, request.id, request.opcode, payload)
        if self._replies.known(request.id):
            self._replies.keep(request.id, reply)
        return reply
