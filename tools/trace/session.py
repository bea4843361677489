"""A recorded session in the order of causes: each request with all that the camera sent because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from oralcam.trace.decoded import DecodedFrame, Note, Outside, Seen
from oralcam_protocol.wire.codec import (
    CaptureReply,
    End,
    ErrorReply,
    Event,
    FetchRequest,
    HelloReply,
    Photo,
    PhotosReply,
)
from oralcam_protocol.wire.enums import Kind, Opcode

ANSWERS = (Kind.RSP, Kind.ERR)
# what a host asks by itself, as often as it likes: nothing that happened hangs on these
OWN = (Opcode.HEARTBEAT, Opcode.EVENTS, Opcode.PHOTOS)

Step = DecodedFrame | Outside


@dataclass
class Cue:
    """A request, and what the camera sent then: answers, a transfer, events, bytes outside frames."""

    request: DecodedFrame
    steps: list[Step] = field(default_factory=list)
    resumed_at: list[int] = field(default_factory=list)  # steps before which the host sent a RESUME

    @property
    def opcode(self) -> int:
        """The opcode that was asked."""
        return self.request.arg

    @property
    def answer(self) -> DecodedFrame | None:
        """The RSP or ERR; None if the recording has none."""
        frames = (step for step in self.steps if isinstance(step, DecodedFrame))
        return next((frame for frame in frames if frame.kind in ANSWERS), None)

    @property
    def error(self) -> ErrorReply | None:
        """The error that ERR named, if that was the answer."""
        answer = self.answer
        return ErrorReply.unpack(answer.payload) if answer is not None and answer.kind == Kind.ERR else None

    def of_kind(self, kind: int) -> list[DecodedFrame]:
        """Return the frames of that kind among the steps."""
        return [step for step in self.steps if isinstance(step, DecodedFrame) and step.kind == kind]


class RecordedSession:
    """A session, from one HELLO to the next. `cues[0]` is HELLO itself."""

    def __init__(self, hello: DecodedFrame, answer: DecodedFrame) -> None:
        self.cues = [Cue(hello, [answer])]
        self.order: list[DecodedFrame] = []  # all frames of the session, as they came
        self._by_id: dict[int, Cue] = {}
        self._last = self.cues[0]  # the last one that events may hang on
        self._events: set[int] = set()

    @property
    def hello(self) -> HelloReply:
        """The camera's own words about itself."""
        return HelloReply.unpack(self.cues[0].steps[0].payload)  # type: ignore[union-attr]

    @property
    def ended(self) -> bool:
        """True if the host said goodbye."""
        return any(cue.opcode == Opcode.GOODBYE for cue in self.cues[1:])

    def take(self, frame: DecodedFrame) -> None:
        """Take in the next frame of the session."""
        self.order.append(frame)
        cue = self._by_id.get(frame.id)
        if frame.kind == Kind.REQ:
            if cue is not None and (cue.opcode, cue.request.payload) == (frame.arg, frame.payload):
                return  # repeated, since no answer came
            cue = self._by_id[frame.id] = Cue(frame)
            self.cues.append(cue)
            if frame.arg not in OWN:
                self._last = cue
        elif frame.kind == Kind.RESUME and cue is not None:
            cue.resumed_at.append(len(cue.steps))
        elif frame.kind == Kind.EVENT:
            number = Event.unpack(frame.payload).number
            if number not in self._events:
                self._events.add(number)
                self._last.steps.append(frame)
        elif frame.to == "host" and cue is not None and (frame.kind not in ANSWERS or cue.answer is None):
            cue.steps.append(frame)

    def spill(self, outside: Outside) -> None:
        """Take in bytes to the host that belonged to no frame."""
        self._last.steps.append(outside)

    def events(self) -> list[Event]:
        """Return every event once, in the order of their numbers."""
        frames = [frame for cue in self.cues for frame in cue.of_kind(Kind.EVENT)]
        return sorted((Event.unpack(frame.payload) for frame in frames), key=lambda event: event.number)

    def described(self) -> dict[int, Photo]:
        """Return every photo that the camera told of, by number."""
        photos = [photo for event in self.events() for photo in event.photo]
        for cue in self.cues:
            if cue.answer is not None and cue.answer.kind == Kind.RSP:
                photos += described_in(cue.opcode, cue.answer.payload)
        return {photo.capture_id: photo for photo in photos}

    def fetches(self) -> Iterator[tuple[int, Cue]]:
        """Yield the number of each photo, and the cue that brought it."""
        for cue in self.cues:
            if cue.opcode == Opcode.FETCH and cue.request.kind == Kind.REQ:
                yield FetchRequest.unpack(cue.request.payload).capture_id, cue

    def digests(self) -> dict[int, str]:
        """Return the SHA-256 of every photo that arrived, by number."""
        found = ((number, cue.of_kind(Kind.END)) for number, cue in self.fetches())
        return {number: End.unpack(ends[-1].payload).sha256.hex() for number, ends in found if ends}

    def pieces(self, capture_id: int) -> dict[int, bytes]:
        """Return what arrived of a photo, by offset."""
        cues = [cue for number, cue in self.fetches() if number == capture_id]
        return {frame.arg: frame.payload for cue in cues for frame in cue.of_kind(Kind.DATA)}


def described_in(opcode: int, payload: bytes) -> list[Photo]:
    """Return the photos that an answer describes."""
    if opcode == Opcode.CAPTURE:
        return [CaptureReply.unpack(payload).photo]
    return list(PhotosReply.unpack(payload).photos) if opcode == Opcode.PHOTOS else []


def recorded_sessions(trace: Iterable[Seen]) -> list[RecordedSession]:
    """Return the sessions of a trace in which something was asked."""
    sessions: list[RecordedSession] = []
    by_number: dict[int, RecordedSession] = {}
    hello: DecodedFrame | None = None
    for seen in trace:
        if isinstance(seen, Note):
            continue
        if isinstance(seen, Outside):
            if seen.to == "host" and sessions:
                sessions[-1].spill(seen)
        elif seen.kind == Kind.HELLO and seen.to == "camera":
            hello = seen
        elif seen.kind == Kind.HELLO and hello is not None:
            by_number[seen.session] = RecordedSession(hello, seen)
            sessions.append(by_number[seen.session])
        elif seen.session in by_number:
            by_number[seen.session].take(seen)
    return [session for session in sessions if len(session.cues) > 1]
