"""The golden bytes of protocol/vectors, judged by both interpreters."""

import binascii
import json

from oralcam_protocol.wire import codec
from oralcam_protocol.wire.errors import DecodeError, EncodeError
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame
from oralcam_protocol.wire.message import Message

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from typing import Any

VECTORS = __file__.replace("\\", "/").rsplit("/", 3)[0] + "/protocol/vectors/"
MAX_PAYLOAD = 4096


def load(name: str) -> "Any":
    with open(VECTORS + name, encoding="utf-8") as file:
        return json.load(file)


def plain(value: "Any") -> "Any":
    """A message as the vectors write it down."""
    if isinstance(value, Message):
        return {name: plain(getattr(value, name)) for name in value.FIELDS}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return {"hex": binascii.hexlify(value).decode()}
    return value


def filled(message: Message, values: "dict[str, Any]") -> Message:
    """`message`, a decoded sample, with its fields set to `values` of the same shape."""
    for name in message.FIELDS:
        value = values[name]
        present = getattr(message, name)
        if isinstance(present, Message):
            filled(present, value)
        elif isinstance(present, list) and present and isinstance(present[0], Message):
            for index, item in enumerate(present):
                filled(item, value[index])
        else:
            setattr(message, name, restored(value))
    return message


def restored(value: "Any") -> "Any":
    """The opposite of `plain` for anything but messages."""
    if isinstance(value, dict):
        return binascii.unhexlify(value["hex"])
    return value


def described(frame: Frame) -> "tuple[int, int, int, int, bytes]":
    return frame.kind, frame.session, frame.id, frame.arg, bytes(frame.payload)


class Outcome:
    """What a decoder made of a whole stream that came in pieces of `size` bytes and then stopped for good."""

    def __init__(self, stream: bytes, size: int) -> None:
        decoder = Decoder(MAX_PAYLOAD)
        self.frames: list[tuple[int, int, int, int, bytes]] = []
        for at in range(0, len(stream), size):
            self.take(decoder.feed(stream[at : at + size]))
        self.waiting = decoder.unfinished
        while decoder.unfinished:
            self.take(decoder.give_up())
        self.damaged = decoder.damaged
        self.outside = decoder.outside
        self.console = decoder.take_console()

    def take(self, frames: "list[Frame]") -> None:
        # described at once: a payload is valid only until the next bytes go in
        self.frames.extend([described(frame) for frame in frames])


def test_every_golden_message_is_decoded_to_its_values() -> None:
    count = 0
    for vector in load("messages.json"):
        message = getattr(codec, vector["message"]).unpack(binascii.unhexlify(vector["hex"]))
        assert plain(message) == vector["values"], (vector["message"], vector["sample"])
        count += 1
    assert count >= 72


def test_every_golden_message_is_encoded_to_its_bytes() -> None:
    for vector in load("messages.json"):
        wire = binascii.unhexlify(vector["hex"])
        message = filled(getattr(codec, vector["message"]).unpack(wire), vector["values"])
        assert message.pack() == wire, (vector["message"], vector["sample"])


def test_messages_are_equal_if_their_fields_are() -> None:
    for vector in load("messages.json"):
        read = getattr(codec, vector["message"]).unpack
        wire = binascii.unhexlify(vector["hex"])
        assert read(wire) == read(wire)
        assert read(wire) != vector["values"]
    assert codec.EventsReply(1, 2) != codec.EventsReply(1, 3)
    assert codec.EventsReply(1, 2) != codec.CancelRequest(1)
    assert repr(codec.EventsReply(1, 2)) == "EventsReply(oldest=1, newest=2)"


def test_bytes_behind_the_last_known_field_are_ignored() -> None:
    for vector in load("messages.json"):
        wire = binascii.unhexlify(vector["hex"])
        message = getattr(codec, vector["message"]).unpack(wire + b"\xc1\x61 of a later version")
        assert message.pack() == wire, vector["message"]


def test_every_cut_message_is_refused_wherever_it_is_cut() -> None:
    for vector in load("messages.json"):
        wire = binascii.unhexlify(vector["hex"])
        read = getattr(codec, vector["message"]).unpack
        for size in range(len(wire)):
            try:
                message = read(wire[:size])
            except DecodeError:
                assert size not in vector["older"], vector["message"]
                continue
            # an older sender's message is shorter by what was appended since, and reads as 0 there
            assert size in vector["older"], f"{size} of {len(wire)} bytes: {message!r}"
            assert message.pack()[:size] == wire[:size]
            assert message.pack()[size:] == bytes(len(wire) - size)


def test_text_that_is_not_utf8_is_refused() -> None:
    wire = codec.ErrorReply(1, "detail", "log").pack()
    assert codec.ErrorReply.unpack(wire).detail == "detail"
    try:
        codec.ErrorReply.unpack(wire.replace(b"detail", b"det\xffil"))
    except DecodeError:
        return
    raise AssertionError("text that is not UTF-8 was read")


def test_every_value_out_of_range_is_refused() -> None:
    samples = {}
    for vector in load("messages.json"):
        if vector["sample"] == "typical":
            samples[vector["message"]] = binascii.unhexlify(vector["hex"])
    count = 0
    for vector in load("refused.json"):
        message = getattr(codec, vector["message"]).unpack(samples[vector["message"]])
        setattr(message, vector["field"], restored(vector["value"]))
        try:
            wire = message.pack()
        except EncodeError:
            count += 1
            continue
        raise AssertionError(
            "{!r} went into {}.{} as {!r}".format(vector["value"], vector["message"], vector["field"], wire)
        )
    assert count >= 454


def test_a_field_of_the_wrong_shape_is_refused() -> None:
    for message in (
        codec.LightRequest(0, None),  # type: ignore[arg-type]
        codec.LightReply(0, 0, None),  # type: ignore[arg-type]
        codec.LightReply(0, 0, [None]),  # type: ignore[list-item]
        codec.SettingsReply(1, None),  # type: ignore[arg-type]
    ):
        try:
            message.pack()
        except EncodeError:
            continue
        raise AssertionError(f"{message} was encoded")


def test_a_refused_value_is_named_with_its_message_and_field() -> None:
    try:
        codec.CaptureRequest(256).pack()
    except EncodeError as error:
        text = str(error)
        assert "CaptureRequest.sharpest_of" in text
        assert "256" in text
        assert "0..255" in text
        return
    raise AssertionError("256 went into a byte")


def test_every_golden_frame_is_encoded_to_its_bytes() -> None:
    for vector in load("frames.json")["golden"]:
        payload = binascii.unhexlify(vector["payload"])
        wire = encode_frame(vector["kind"], vector["session"], vector["id"], vector["arg"], payload)
        assert wire == binascii.unhexlify(vector["hex"]), vector["name"]


def test_every_golden_frame_is_decoded_to_its_values() -> None:
    for vector in load("frames.json")["golden"]:
        for size in (1, 7, 1024):
            outcome = Outcome(binascii.unhexlify(vector["hex"]), size)
            payload = binascii.unhexlify(vector["payload"])
            expected = (vector["kind"], vector["session"], vector["id"], vector["arg"], payload)
            assert outcome.frames == [expected], (vector["name"], size)
            assert (outcome.damaged, outcome.outside, outcome.waiting) == (0, 0, 0)


def test_broken_streams_yield_exactly_their_good_frames() -> None:
    for vector in load("frames.json")["broken"]:
        stream = binascii.unhexlify(vector["hex"])
        for size in (len(stream), 1, 7):
            assert len(Outcome(stream, size).frames) == vector["good_frames"], (vector["name"], size)


def test_what_is_made_of_a_broken_stream_does_not_depend_on_how_it_is_cut() -> None:
    for vector in load("frames.json")["broken"]:
        stream = binascii.unhexlify(vector["hex"])
        whole = Outcome(stream, len(stream))
        for size in (1, 7):
            pieces = Outcome(stream, size)
            assert pieces.frames == whole.frames, (vector["name"], size)
            assert pieces.console == whole.console, (vector["name"], size)
            assert pieces.damaged == whole.damaged, (vector["name"], size)
            assert pieces.outside == whole.outside, (vector["name"], size)
            assert pieces.waiting == whole.waiting, (vector["name"], size)


def test_what_stood_before_a_frame_is_console_text() -> None:
    for vector in load("frames.json")["broken"]:
        if vector["name"] == "noise before":
            outcome = Outcome(binascii.unhexlify(vector["hex"]), 7)
            assert outcome.console == b"Traceback: \xc1 \xc3\xa9\n"
            assert outcome.frames[0][4] == b"good"
            return
    raise AssertionError("the vector has gone")
