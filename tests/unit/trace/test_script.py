"""The recorded camera, frame by frame: what it says to a live host, and what it notices."""

from __future__ import annotations

import struct

from oralcam.trace.decoded import DecodedFrame, Outside
from oralcam_protocol.wire import codec
from oralcam_protocol.wire.enums import ErrorCode, EventType, Kind, Opcode
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame
from tools.trace.script import Script
from tools.trace.session import RecordedSession

S = 77
PIECE = 1000
SIZE = 4 * PIECE
WINDOW = 65536


def seen(to: str, kind: int, id: int, arg: int = 0, payload: bytes = b"") -> DecodedFrame:
    return DecodedFrame(
        0.0, to, kind, 1, 0 if to == "camera" and kind == Kind.HELLO else S, id, arg, payload, 0
    )


def hello_reply(schema_hash: int = codec.SCHEMA_HASH, newest_event: int = 4) -> bytes:
    names = codec.HelloReply.FIELDS
    texts = {"serial_number": "EMU-1", "firmware_version": "0.1.0", "board": "unix"}
    numbers = {"nonce": 1, "session": S, "major": 1, "schema_hash": schema_hash, "newest_event": newest_event}
    return codec.HelloReply(**{name: texts.get(name, numbers.get(name, 0)) for name in names}).pack()  # type: ignore[arg-type]


def event(number: int) -> DecodedFrame:
    payload = codec.Event(number, EventType.PRESS, 0, number, 0, 0, []).pack()
    return seen("host", Kind.EVENT, number, 0, payload)


def session(*frames: DecodedFrame | Outside, schema_hash: int = codec.SCHEMA_HASH) -> RecordedSession:
    hello = seen("camera", Kind.HELLO, 0, 0, b"then" + bytes(8))
    recorded = RecordedSession(hello, seen("host", Kind.HELLO, 0, 0, hello_reply(schema_hash)))
    for frame in frames:
        if isinstance(frame, DecodedFrame):
            recorded.take(frame)
        else:
            recorded.spill(frame)
    return recorded


HEALTH = [seen("camera", Kind.REQ, 1, Opcode.HEALTH), seen("host", Kind.RSP, 1, Opcode.HEALTH, b"fine")]
FETCH = codec.FetchRequest(3, 0, WINDOW).pack()
TRANSFER = [
    seen("camera", Kind.REQ, 2, Opcode.FETCH, FETCH),
    seen("host", Kind.RSP, 2, Opcode.FETCH),
    *(seen("host", Kind.DATA, 2, place, bytes(PIECE)) for place in range(0, SIZE, PIECE)),
    seen("host", Kind.END, 2, SIZE, bytes(32)),
]


class Host:
    """A live host with the numbers of its own."""

    def __init__(self, *sessions: RecordedSession) -> None:
        self.script = Script(list(sessions))
        self._id = 100

    def say(self, kind: int, id: int, arg: int = 0, payload: bytes = b"", number: int = S) -> list[Frame]:
        (frame,) = Decoder().feed(encode_frame(kind, number, id, arg, payload))
        return Decoder().feed(self.script.feed(frame, now_s=10.0))

    def greet(self, nonce: bytes = b"live") -> list[Frame]:
        return self.say(Kind.HELLO, 0, 0, nonce + bytes(8), number=0)

    def ask(self, opcode: int, payload: bytes = b"") -> list[Frame]:
        self._id += 1
        return self.say(Kind.REQ, self._id, opcode, payload)


def brief(frames: list[Frame]) -> list[tuple[int, int, int]]:
    return [(frame.kind, frame.id, frame.arg) for frame in frames]


def test_hello_is_answered_as_then_with_the_nonce_of_now() -> None:
    host = Host(session(*HEALTH))
    (answer,) = host.greet()
    reply = codec.HelloReply.unpack(answer.payload)
    assert reply.nonce == int.from_bytes(b"live", "little")
    assert (reply.session, reply.serial_number, answer.session) == (S, "EMU-1", S)
    assert brief(host.greet()) == brief([answer])  # it was repeated
    assert host.script.differences == []


def test_a_session_more_than_recorded_is_a_difference() -> None:
    host = Host(session(*HEALTH))
    host.greet()
    assert host.greet(b"more") == []
    assert "a session more" in host.script.differences[-1]


def test_answers_carry_the_numbers_of_now_and_are_repeated_not_given_twice() -> None:
    host = Host(session(*HEALTH))
    host.greet()
    (answer,) = host.say(Kind.REQ, 900, Opcode.HEALTH)
    assert (answer.kind, answer.session, answer.id, bytes(answer.payload)) == (Kind.RSP, S, 900, b"fine")
    assert brief(host.say(Kind.REQ, 900, Opcode.HEALTH)) == brief([answer])
    host.script.finish()
    assert (host.script.differences, host.script.requests) == ([], 1)


def test_what_only_asks_may_be_asked_again_and_what_does_something_may_not() -> None:
    capture = codec.CaptureRequest(1).pack()
    host = Host(
        session(
            *HEALTH,
            seen("camera", Kind.REQ, 2, Opcode.CAPTURE, capture),
            seen("host", Kind.RSP, 2, Opcode.CAPTURE, b"photo"),
        )
    )
    host.greet()
    for _ in range(2):
        assert [bytes(frame.payload) for frame in host.ask(Opcode.HEALTH)] == [b"fine"]
    assert [bytes(frame.payload) for frame in host.ask(Opcode.CAPTURE, capture)] == [b"photo"]
    assert host.script.differences == []
    (refusal,) = host.ask(Opcode.CAPTURE, capture)
    assert codec.ErrorReply.unpack(refusal.payload).code == ErrorCode.UNSUPPORTED
    assert host.script.differences == ["CAPTURE 01 is not in the recording, or not so often"]


def test_another_payload_is_another_request_unless_a_later_version_made_it_longer() -> None:
    def recorded() -> RecordedSession:
        return session(
            seen("camera", Kind.REQ, 1, Opcode.CAPTURE, b"\x02"),
            seen("host", Kind.RSP, 1, Opcode.CAPTURE, b"photo"),
        )

    for payload, same in ((b"\x02", True), (b"\x02\x07", True), (b"\x03", False)):
        host = Host(recorded())
        host.greet()
        host.ask(Opcode.CAPTURE, payload)
        host.script.finish()
        assert (host.script.differences == []) is same


def test_what_was_not_asked_is_a_difference_but_for_questions() -> None:
    light = codec.LightRequest(1, [0, 0, 0]).pack()
    host = Host(session(*HEALTH, seen("camera", Kind.REQ, 2, Opcode.LIGHT_SET, light)))
    host.greet()
    host.script.finish()
    (difference,) = host.script.differences
    assert difference.startswith("LIGHT_SET 01 03")


def test_an_opcode_that_the_recorded_camera_never_heard_of_is_unsupported_and_no_difference() -> None:
    for schema_hash, differences in ((codec.SCHEMA_HASH, 1), (codec.SCHEMA_HASH ^ 1, 0)):
        host = Host(session(*HEALTH, schema_hash=schema_hash))
        host.greet()
        (refusal,) = host.ask(200)
        assert codec.ErrorReply.unpack(refusal.payload).code == ErrorCode.UNSUPPORTED
        assert len(host.script.differences) == differences


def test_heartbeats_go_on_from_the_recorded_clock_and_know_the_events_sent() -> None:
    pulse = struct.pack("<QQI", 5_000_000, 5_000_010, 9) + b"appended"
    host = Host(
        session(
            event(5),
            seen("camera", Kind.REQ, 1, Opcode.HEARTBEAT),
            seen("host", Kind.RSP, 1, Opcode.HEARTBEAT, pulse),
            *HEALTH,
            event(6),
        )
    )
    host.greet()
    for newest in (5, 6):
        (answer,) = host.ask(Opcode.HEARTBEAT)
        reply = codec.HeartbeatReply.unpack(answer.payload)
        assert (reply.received_us, reply.newest_event) == (5_000_000, newest)
        assert bytes(answer.payload[20:]) == b"appended"
        host.ask(Opcode.HEALTH)


def test_events_come_in_their_recorded_place_and_again_when_asked() -> None:
    host = Host(session(event(5), HEALTH[0], event(6), HEALTH[1], event(7)))
    assert brief(host.greet())[1:] == [(Kind.EVENT, 5, 0)]
    assert [frame.kind for frame in host.ask(Opcode.HEALTH)] == [Kind.EVENT, Kind.RSP, Kind.EVENT]
    answer, *again = host.ask(Opcode.EVENTS, codec.EventsRequest(5).pack())
    reply = codec.EventsReply.unpack(answer.payload)
    assert (reply.oldest, reply.newest) == (6, 7)
    assert [frame.id for frame in again] == [6, 7]


def test_data_waits_for_the_live_hosts_credit() -> None:
    host = Host(session(*TRANSFER))
    host.greet()
    (rsp, *data) = host.say(Kind.REQ, 40, Opcode.FETCH, codec.FetchRequest(3, 0, 2500).pack())
    assert (rsp.kind, [(frame.id, frame.arg) for frame in data]) == (Kind.RSP, [(40, 0), (40, PIECE)])
    assert brief(host.say(Kind.CREDIT, 40, 2900)) == []
    rest = host.say(Kind.CREDIT, 40, WINDOW)
    assert [(frame.kind, frame.arg) for frame in rest] == [
        (Kind.DATA, 2 * PIECE),
        (Kind.DATA, 3 * PIECE),
        (Kind.END, SIZE),
    ]


def test_a_photo_that_came_in_two_passes_comes_so_again() -> None:
    rsp, *data, end = TRANSFER[1:]
    broken = Outside(0.0, "host", b"\xc1\x61 broken", damaged=True)
    resume = seen("camera", Kind.RESUME, 2, PIECE, WINDOW.to_bytes(4, "little"))
    host = Host(session(TRANSFER[0], rsp, data[0], broken, data[2], resume, data[3], end, *data[1:], end))
    host.greet()
    (frame,) = Decoder().feed(encode_frame(Kind.REQ, S, 40, Opcode.FETCH, FETCH))
    wire = host.script.feed(frame, 0.0)
    assert broken.data in wire
    first = [(frame.kind, frame.arg) for frame in Decoder().feed(wire)]
    assert first == [
        (Kind.RSP, Opcode.FETCH),
        (Kind.DATA, 0),
        (Kind.DATA, 2 * PIECE),
        (Kind.DATA, 3 * PIECE),
        (Kind.END, SIZE),
    ]
    limit = WINDOW.to_bytes(4, "little")
    second = host.say(Kind.RESUME, 40, PIECE, limit)
    whole = [(Kind.DATA, PIECE), (Kind.DATA, 2 * PIECE), (Kind.DATA, 3 * PIECE), (Kind.END, SIZE)]
    assert [(frame.kind, frame.arg) for frame in second] == whole
    third = host.say(Kind.RESUME, 40, 2 * PIECE, limit)  # not recorded: from what had arrived
    assert [(frame.kind, frame.arg) for frame in third] == whole[1:]


def test_a_list_of_photos_that_was_not_recorded_is_empty() -> None:
    host = Host(session(*HEALTH))
    host.greet()
    (answer,) = host.ask(Opcode.PHOTOS, codec.PhotosRequest(0).pack())
    assert codec.PhotosReply.unpack(answer.payload).photos == []


def test_frames_of_another_session_are_not_answered() -> None:
    host = Host(session(*HEALTH))
    assert host.ask(Opcode.HEALTH) == []
    host.greet()
    assert host.say(Kind.REQ, 1, Opcode.HEALTH, number=S + 1) == []
