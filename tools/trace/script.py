"""What a recorded camera says to a live host: frames in, bytes out, no input or output here.

The rule by which a live request is taken for a recorded one: the first that was not asked yet, with the same
opcode and the same payload, where of FETCH only the photo's number counts (offset and limit are the host's
own affair) and a payload that was made longer by a later version counts as far as the shorter one goes.

HELLO is answered as recorded but for the nonce. HEARTBEAT and EVENTS, any number of them, are answered from
what was sent so far; a list of photos that the recording does not have is empty. What only asks how things
are may be asked again. Anything else is a difference and gets UNSUPPORTED; it is no difference if the
recorded camera was built from another schema and the recording has no such opcode: a camera that never heard
of it would have said so.
"""

from __future__ import annotations

import struct

from oralcam.trace.decoded import DecodedFrame
from oralcam.trace.messages import name_of
from oralcam_protocol.wire.codec import (
    SCHEMA_HASH,
    ErrorReply,
    EventsReply,
    EventsRequest,
    HeartbeatReply,
    PhotosReply,
)
from oralcam_protocol.wire.enums import ErrorCode, Kind, Opcode
from oralcam_protocol.wire.frame import Frame, encode_frame
from tools.trace.playback import Playback
from tools.trace.session import OWN, Cue, RecordedSession

READS = (Opcode.HEALTH, Opcode.LIGHT_GET, Opcode.SETTINGS_GET)
UNTAKEN = (*OWN, *READS, Opcode.GOODBYE)  # asking these less often than then changes nothing


class Script:
    """The camera of a recording. `differences` tells what the live host did otherwise."""

    def __init__(self, sessions: list[RecordedSession]) -> None:
        self.differences: list[str] = []
        self.requests = 0  # answered from the recording
        self._coming = list(sessions)
        self._session = sessions[0]
        self._nonce: bytes | None = None
        self._unasked: list[Cue] = []
        self._asked: list[Cue] = []
        self._playing: dict[int, Playback] = {}
        self._answers: dict[int, bytes] = {}  # by request, for repetitions
        self._events: dict[int, DecodedFrame] = {}  # those that were sent
        self._newest = 0
        self._opened_s = 0.0

    def feed(self, frame: Frame, now_s: float) -> bytes:
        """Return what to send because of a live host's frame."""
        if frame.kind == Kind.HELLO:
            return self._hello(frame, now_s)
        if self._nonce is None or frame.session != self._number:
            return b""
        playback = self._playing.get(frame.id)
        if frame.kind == Kind.REQ:
            return self._request(frame, now_s)
        if playback is not None and frame.kind == Kind.CREDIT:
            playback.credit(frame.arg)
        elif playback is not None and frame.kind == Kind.RESUME:
            playback.resume(frame.arg, int.from_bytes(frame.payload[:4], "little"))
        else:
            return b""
        return self._sent(frame.id, playback)

    def finish(self) -> None:
        """Note what the live host never asked: it has closed."""
        for cue in self._unasked:
            if cue.opcode not in UNTAKEN:
                self.differences.append(f"{_named(cue.request)} of the recording was not asked")
        self._unasked = []

    @property
    def _number(self) -> int:
        return self._session.hello.session

    # -- a session begins ----------------------------------------------------------------------------

    def _hello(self, frame: Frame, now_s: float) -> bytes:
        nonce = bytes(frame.payload[:4])
        if nonce != self._nonce:
            self.finish()
            if not self._coming:
                self.differences.append("the host opened a session more than the recording has")
                return b""
            self._begin(self._coming.pop(0), nonce, now_s)
        hello = self._session.cues[0]
        answer = hello.steps[0]
        assert isinstance(answer, DecodedFrame)
        # fields are only appended: nonce and session stand where they always stood
        payload = nonce + answer.payload[4:]
        hello_answer = encode_frame(Kind.HELLO, self._number, frame.id, answer.arg, payload)
        follows = Playback(Cue(hello.request, hello.steps[1:]), self._number, 0, b"")
        return hello_answer + self._sent(0, follows)

    def _begin(self, session: RecordedSession, nonce: bytes, now_s: float) -> None:
        self._session = session
        self._nonce = nonce
        self._unasked = session.cues[1:]
        self._asked = []
        self._playing = {}
        self._answers = {}
        self._events = {}
        self._newest = session.hello.newest_event
        self._opened_s = now_s

    # -- requests ------------------------------------------------------------------------------------

    def _request(self, frame: Frame, now_s: float) -> bytes:
        if frame.id in self._answers:
            return self._answers[frame.id]
        payload = bytes(frame.payload)
        if frame.arg == Opcode.HEARTBEAT:
            return self._answer(frame, Kind.RSP, self._heartbeat(now_s))
        if frame.arg == Opcode.EVENTS:
            return self._events_again(frame)
        cue = self._next(frame.arg, payload)
        if cue is not None:
            self.requests += frame.arg != Opcode.GOODBYE  # it may come too late to be seen
            self._playing[frame.id] = Playback(cue, self._number, frame.id, payload)
            return self._sent(frame.id, self._playing[frame.id])
        again = next((cue for cue in reversed(self._asked) if _alike(cue, frame.arg, payload)), None)
        if again is not None and again.answer is not None and frame.arg in READS:
            return self._answer(frame, Kind.RSP, again.answer.payload)
        if frame.arg == Opcode.PHOTOS:
            return self._answer(frame, Kind.RSP, PhotosReply(0, []).pack())
        if frame.arg == Opcode.GOODBYE:  # the recorded host was killed before it could say so
            return self._answer(frame, Kind.RSP, b"")
        if not self._is_news(frame.arg):
            self.differences.append(f"{_named(frame)} is not in the recording, or not so often")
        refusal = ErrorReply(ErrorCode.UNSUPPORTED, "this is not in the recording", "")
        return self._answer(frame, Kind.ERR, refusal.pack())

    def _next(self, opcode: int, payload: bytes) -> Cue | None:
        for place, cue in enumerate(self._unasked):
            if _alike(cue, opcode, payload):
                self._asked.append(self._unasked.pop(place))
                return cue
        return None

    def _is_news(self, opcode: int) -> bool:
        """Tell whether the recorded camera had possibly never heard of it."""
        known = any(cue.opcode == opcode for cue in self._session.cues[1:])
        return not known and self._session.hello.schema_hash != SCHEMA_HASH

    def _answer(self, frame: Frame, kind: int, payload: bytes) -> bytes:
        self._answers[frame.id] = encode_frame(kind, self._number, frame.id, frame.arg, payload)
        return self._answers[frame.id]

    def _sent(self, id: int, playback: Playback) -> bytes:
        """Return what `playback` may send now; events are remembered, and answers for repetitions."""
        wire = b""
        for step, data in playback.take():
            wire += data
            if isinstance(step, DecodedFrame) and step.kind == Kind.EVENT:
                number = int.from_bytes(step.payload[:4], "little")
                self._events[number] = step
                self._newest = max(self._newest, number)
            elif isinstance(step, DecodedFrame) and step.kind in (Kind.RSP, Kind.ERR):
                self._answers[id] = data
        return wire

    # -- what depends on the moment ------------------------------------------------------------------

    def _heartbeat(self, now_s: float) -> bytes:
        """Return a heartbeat: the camera's clock goes on from the recorded one."""
        recorded = [cue for cue in self._session.cues if cue.opcode == Opcode.HEARTBEAT and cue.answer]
        answer = recorded[0].answer.payload if recorded and recorded[0].answer else bytes(20)
        clock_us = HeartbeatReply.unpack(answer).received_us + int((now_s - self._opened_s) * 1e6)
        return struct.pack("<QQI", clock_us, clock_us, self._newest) + answer[20:]

    def _events_again(self, frame: Frame) -> bytes:
        after = EventsRequest.unpack(frame.payload).after
        wanted = [number for number in sorted(self._events) if number > after]
        reply = EventsReply(wanted[0] if wanted else self._newest + 1, self._newest)
        events = (self._events[number] for number in wanted)
        return self._answer(frame, Kind.RSP, reply.pack()) + b"".join(
            encode_frame(Kind.EVENT, self._number, event.id, event.arg, event.payload) for event in events
        )


def _alike(cue: Cue, opcode: int, payload: bytes) -> bool:
    """Tell whether this is the recorded request. See the rule above."""
    then = cue.request.payload
    if cue.opcode != opcode:
        return False
    if opcode == Opcode.FETCH:
        return then[:4] == payload[:4]
    return then.startswith(payload) or payload.startswith(then)


def _named(frame: Frame | DecodedFrame) -> str:
    return f"{name_of(Opcode, frame.arg)} {bytes(frame.payload).hex(' ')}".strip()
