"""A recorded host speaks to a live camera: its requests as they were, under the live session's numbers.

Numbers of photos and digests are the live camera's; everything else is sent byte for byte. What is compared
are kinds: an answer or an error with its code, the types of events (not double presses: these are a matter of
milliseconds), and that every photo arrives with the digest that the camera announced.
"""

from __future__ import annotations

from collections import Counter

from oralcam.trace.decoded import DecodedFrame
from oralcam.trace.messages import name_of
from oralcam_protocol.wire.codec import (
    AcknowledgeRequest,
    ErrorReply,
    Event,
    EventsRequest,
    FetchRequest,
    Photo,
    PhotosRequest,
)
from oralcam_protocol.wire.enums import ErrorCode, EventType, Kind, Opcode
from tools.trace.live_camera import LiveCamera
from tools.trace.operator import Operator
from tools.trace.session import OWN, RecordedSession, described_in


class Differs(Exception):
    """Why the replay cannot go on."""


class RecordedHost:
    """A recorded host in one session, frame by frame: it says what it said, and awaits what it heard."""

    def __init__(
        self,
        session: RecordedSession,
        camera: LiveCamera,
        operator: Operator,
        before: RecordedHost | None = None,
    ) -> None:
        self.differences: list[str] = []
        self.requests = 0
        self.photos = 0
        self._session = session
        self._camera = camera
        self._hand = operator
        self._ids: dict[int, int] = {}  # recorded request to the live one
        self._opcodes: dict[int, int] = {}
        # recorded number of a photo to the live photo
        self._known: dict[int, Photo] = {} if before is None else before._known
        self._first = before is None
        self._sha256: dict[int, bytes] = {}  # of live photos, by their own number
        self._fetched: dict[int, int] = {}  # recorded request to the number of the live photo
        self._seen: Counter[int] = Counter()

    def run(self) -> None:
        """Go through the whole session; `differences` tells the rest."""
        waiting = self._session.hello.photos_waiting
        if waiting and self._first:  # later ones were taken in the session before
            self._hand.press(waiting)
        hello = self._session.cues[0].request.payload
        if not self._camera.greet(
            hello, lambda reply: reply.photos_waiting >= waiting * self._first, self._hand.patience_s
        ):
            raise Differs(f"HELLO was not answered by a camera with {waiting} photos")
        for frame in self._session.order:
            if frame.kind == Kind.REQ and frame.id not in self._ids:
                self._ask(frame)
            elif frame.kind in (Kind.RSP, Kind.ERR) and frame.id in self._ids:
                self._await_answer(frame)
            elif frame.kind == Kind.EVENT:
                self._await_event(Event.unpack(frame.payload))
            elif frame.kind == Kind.END and frame.id in self._fetched:
                self._await_photo(frame)

    # -- what the host said --------------------------------------------------------------------------

    def _ask(self, frame: DecodedFrame) -> None:
        self.requests += frame.arg not in OWN
        self._opcodes[frame.id] = frame.arg
        payload = frame.payload
        if frame.arg == Opcode.FETCH:
            live = self._live(FetchRequest.unpack(payload).capture_id)
            self._fetched[frame.id] = live.capture_id
            self._ids[frame.id] = self._camera.fetch(_number(live.capture_id) + payload[4:], live.size)
            return
        if frame.arg == Opcode.ACKNOWLEDGE:
            live = self._live(AcknowledgeRequest.unpack(payload).capture_id)
            sha256 = self._sha256.get(live.capture_id, bytes(32))
            payload = _number(live.capture_id) + sha256 + payload[36:]
        elif frame.arg == Opcode.PHOTOS:
            known = self._known.get(PhotosRequest.unpack(payload).after)
            payload = payload if known is None else _number(known.capture_id) + payload[4:]
        elif frame.arg == Opcode.EVENTS and self._camera.hello is not None:
            behind = EventsRequest.unpack(payload).after - self._session.hello.newest_event
            payload = _number(max(0, self._camera.hello.newest_event + behind)) + payload[4:]
        self._ids[frame.id] = self._camera.ask(frame.arg, payload)

    def _live(self, number: int) -> Photo:
        if number not in self._known:
            raise Differs(f"photo {number} was fetched before the camera told of it")
        return self._known[number]

    # -- what the camera said ------------------------------------------------------------------------

    def _await_answer(self, frame: DecodedFrame) -> None:
        id, opcode = self._ids[frame.id], self._opcodes[frame.id]
        name = name_of(Opcode, opcode)
        if not self._camera.wait_for(lambda: id in self._camera.answers):
            raise Differs(f"{name} was not answered")
        kind, payload = self._camera.answers[id]
        now, then = _outcome(kind, payload), _outcome(frame.kind, frame.payload)
        if now != then:
            self.differences.append(f"{name} was answered {now}, then {then}")
        elif kind == Kind.RSP:
            self._pair(described_in(opcode, frame.payload), described_in(opcode, payload))

    def _await_event(self, event: Event) -> None:
        type = event.type
        if type == EventType.DOUBLE_PRESS:
            return
        self._hand.cause(event)
        place = self._seen[type]
        self._seen[type] += 1
        self._camera.wait_for(
            lambda: len(self._events(type)) > place or self._refusal() is not None, self._hand.patience_s
        )
        if len(self._events(type)) <= place:
            raise Differs(self._refusal() or f"no event {name_of(EventType, type)} came")
        live = self._events(type)[place]
        if type in (EventType.REFUSED, EventType.LIGHT) and live.code != event.code:
            self.differences.append(f"{name_of(EventType, type)} for code {live.code}, then {event.code}")
        self._pair(event.photo, live.photo)

    def _refusal(self) -> str | None:
        """Return why a request was refused now and was not then: what hangs on it will not come."""
        for cue in self._session.cues[1:]:
            kind, payload = self._camera.answers.get(self._ids.get(cue.request.id, 0), (0, b""))
            if kind == Kind.ERR and cue.answer is not None and cue.error is None:
                return f"{name_of(Opcode, cue.opcode)} was answered {_outcome(kind, payload)}, then RSP"
        return None

    def _events(self, type: int) -> list[Event]:
        return [event for _, event in sorted(self._camera.events.items()) if event.type == type]

    def _pair(self, then: list[Photo], now: list[Photo]) -> None:
        """Note which live photos are the recorded ones."""
        if len(then) != len(now):
            self.differences.append(f"the camera told of {len(now)} photos, then of {len(then)}")
        for old, new in zip(then, now, strict=False):
            self._known[old.capture_id] = new

    def _await_photo(self, frame: DecodedFrame) -> None:
        number = self._fetched.pop(frame.id)
        incoming = self._camera.incoming[self._ids[frame.id]]
        if not self._camera.wait_for(lambda: bool(incoming.announced)):
            raise Differs(f"photo {number} did not arrive whole")
        self._sha256[number] = incoming.hash.digest()
        self.photos += 1
        if incoming.announced != self._sha256[number]:
            self.differences.append(f"photo {number} arrived with another SHA-256 than the camera announced")


def _number(value: int) -> bytes:
    return value.to_bytes(4, "little")


def _outcome(kind: int, payload: bytes) -> str:
    return name_of(ErrorCode, ErrorReply.unpack(payload).code) if kind == Kind.ERR else name_of(Kind, kind)
