"""What must hold for any bytes at all: one function a target, which raises AssertionError where it does not.

Each reads its input as a script, so that a fuzzer that knows nothing of protocols finds its way in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from camera_app.core.session import KEPT_REPLIES, Session
from oralcam_protocol.wire import codec
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.errors import DecodeError
from oralcam_protocol.wire.frame import CONSOLE_LIMIT, OVERHEAD, Decoder, Frame, encode_frame
from oralcam_protocol.wire.message import Message
from oralcam_protocol.wire.transfer import QUIET_MS, Receiver, Sender
from tools.faults.fuzz.jpeg_oracle import jpeg
from tools.generate.layout import Layout, layouts
from tools.generate.schemas import camera_schema
from tools.generate.vectors import older_sizes

MAX_PAYLOAD = 512
PIECE = 7  # how the stream is chopped for the second decoder

Described = tuple[int, int, int, int, int, bytes]


def described(frames: list[Frame]) -> list[Described]:
    """Frames as plain values; their payloads are views that do not last."""
    return [(f.kind, f.flags, f.session, f.id, f.arg, bytes(f.payload)) for f in frames]


def decoder(data: bytes) -> None:
    """The same frames come out however the bytes come in; each byte is counted once; memory is bounded."""
    whole, chopped = Decoder(MAX_PAYLOAD), Decoder(MAX_PAYLOAD)
    frames = described(whole.feed(data))
    again: list[Described] = []
    for start in range(0, len(data), PIECE):
        again += described(chopped.feed(data[start : start + PIECE]))
    assert frames == again
    while whole.unfinished:
        before = whole.unfinished
        frames += described(whole.give_up())
        again += described(chopped.give_up())
        assert whole.unfinished < before
    assert frames == again
    assert (whole.damaged, whole.outside) == (chopped.damaged, chopped.outside)
    assert whole.outside + sum(OVERHEAD + len(frame[5]) + (frame[1] & 1) for frame in frames) == len(data)
    assert whole.take_console() == chopped.take_console()
    assert len(whole._held) <= OVERHEAD + MAX_PAYLOAD + 1
    assert len(whole._console) <= CONSOLE_LIMIT
    _round_trip(data)


def _round_trip(data: bytes) -> None:
    """What is encoded is decoded, with anything before it."""
    payload = data[:MAX_PAYLOAD]
    session, id = len(data) & 0xFFFF, sum(data) & 0xFFFF
    wire = encode_frame(Kind.DATA, session, id, len(data), payload)
    assert len(wire) % 64
    assert described(Decoder(MAX_PAYLOAD).feed(wire))[-1][2:] == (session, id, len(data), payload)


@lru_cache
def _layouts() -> dict[str, Layout]:
    return {layout.name: layout for layout in layouts(camera_schema())}


def messages(data: bytes) -> None:
    """Every message reads anything, or says DecodeError; what it read it writes again, byte for byte."""
    for name, layout in _layouts().items():
        kind: type[Message] = getattr(codec, name)
        try:
            message = kind.unpack(data)  # type: ignore[attr-defined]
        except DecodeError:
            continue
        wire = message.pack()
        if len(wire) > len(data):  # from a sender of an earlier version
            assert len(data) in older_sizes(layout, len(wire)), name
        assert data.startswith(wire[: len(data)]), name
        assert kind.unpack(wire) == message, name  # type: ignore[attr-defined]


def session(data: bytes) -> None:
    """Each request is carried out at most once; its repetition gets the same answer; memory is bounded.

    Script: pairs of a command and a number.
    """
    device = Session(data[0] if data else 0)
    device.open(1000, 0)
    answers: dict[int, bytes | None] = {}  # of this session, by id as the host counts
    newest = 1
    for command, number in zip(data[::2], data[1::2], strict=False):
        if command % 8 == 0:
            device.open(1000, 0)
            answers, newest = {}, 1
            continue
        if command % 8 == 1:
            newest += number % 12  # the host skips numbers of requests that were never heard
        id = max(1, newest - number % KEPT_REPLIES) if command % 8 < 5 else newest + number % 3
        newest = max(newest, id)
        wire = encode_frame(Kind.REQ, device.number, id & 0xFFFF, command, bytes([number]))
        frame = Decoder().feed(wire)[0]
        assert device.admit(frame, 0)
        request, again = device.begin(frame)
        if id in answers:
            assert request is None, "carried out twice"
            assert again is None or again == answers[id] or answers[id] is None
        elif request is not None:
            answers[id] = None
            if command & 64:
                answers[id] = device.answer(request, Kind.RSP, bytes([number]))
        assert len(device._replies) <= KEPT_REPLIES
    stale = Decoder().feed(encode_frame(Kind.REQ, device.number ^ 1, 1, 3))[0]
    assert not device.admit(stale, 0)


def transfer(data: bytes) -> None:
    """Whatever the link does to their frames, all that the receiver keeps is right; healed, it ends.

    Script: the size, then a command a byte.
    """
    size = int.from_bytes(data[:2], "big") % 5000
    window, piece = 1 + (data[2] if len(data) > 2 else 0) * 8, 1 + (data[3] if len(data) > 3 else 0) * 4
    receiver = Receiver(size, 0, 0, window)
    sender = Sender(size, 0, receiver.limit, piece)
    wire: list[tuple[int, int]] = []  # offset and length; length -1: END
    now_ms = 0
    for command in data[4:]:
        if command < 96:
            _send(sender, receiver, wire)
        elif command < 160 and wire:
            _arrive(receiver, wire.pop(command % len(wire)), now_ms)
        elif command < 192 and wire:
            wire.pop(command % len(wire))
        elif command < 224 and wire:
            wire.append(wire[command % len(wire)])
        else:
            now_ms += command
            receiver.poll(now_ms)
        if command & 1:
            _answer(receiver, sender)
    for _ in range(10 + 4 * (size // min(piece, window) + size // window + 2)):
        if receiver.ended:
            break
        _send(sender, receiver, wire)
        while wire:
            _arrive(receiver, wire.pop(0), now_ms)
        now_ms += QUIET_MS
        receiver.poll(now_ms)
        _answer(receiver, sender)
    assert receiver.ended
    assert receiver.offset == size


def _send(sender: Sender, receiver: Receiver, wire: list[tuple[int, int]]) -> None:
    while (next_piece := sender.next_piece()) is not None:
        offset, length = next_piece
        assert length > 0
        assert offset + length <= sender.size
        assert offset + length <= receiver.limit, "more than the receiver allowed"
        wire.append(next_piece)
    if sender.end_due:
        sender.end_sent()
        wire.append((sender.size, -1))


def _arrive(receiver: Receiver, frame: tuple[int, int], now_ms: int) -> None:
    offset, length = frame
    before = receiver.offset
    if length < 0:
        receiver.end(offset, now_ms)
        assert receiver.offset == before
    elif receiver.data(offset, length, now_ms):
        assert (before, receiver.offset) == (offset, offset + length)
    else:
        assert receiver.offset == before


def _answer(receiver: Receiver, sender: Sender) -> None:
    resume = receiver.take_resume()
    if resume is not None:
        sender.resume(*resume)
    credit = receiver.take_credit()
    if credit is not None:
        sender.credit(credit)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "jpeg": jpeg,
    "decoder": decoder,
    "messages": messages,
    "session": session,
    "transfer": transfer,
}
