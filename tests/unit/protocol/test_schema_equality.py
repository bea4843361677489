"""The struct code of `wire` and the construct schema say the same, for any values."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import pytest
from construct import Container, ListContainer
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam_protocol.schema import frame as schema
from oralcam_protocol.schema.messages import MESSAGES
from oralcam_protocol.wire import codec, frame
from oralcam_protocol.wire.errors import DecodeError, EncodeError
from oralcam_protocol.wire.message import Message
from tools.generate.layout import Blob, Field, Integer, Integers, Layout, Nested, NestedList, Text, layouts
from tools.generate.schemas import camera_schema
from tools.generate.vectors import older_sizes, sample_of

STRUCTS = {message.name: message.struct for message in MESSAGES}
LAYOUTS = {layout.name: layout for layout in layouts(camera_schema())}
RANGES = {
    "B": (0, 2**8 - 1),
    "H": (0, 2**16 - 1),
    "I": (0, 2**32 - 1),
    "Q": (0, 2**64 - 1),
    "i": (-(2**31), 2**31 - 1),
}
CODEC = settings(max_examples=50, deadline=None, database=None)
HEADERS = settings(max_examples=500, deadline=None, database=None)

u8, u16, u32 = st.integers(0, 0xFF), st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)
every_message = pytest.mark.parametrize("name", LAYOUTS)


def values_of(layout: Layout) -> st.SearchStrategy[dict[str, Any]]:
    """Plain values for every field of a message."""
    return st.fixed_dictionaries({field.name: values_for(field) for field in layout.fields})


def values_for(field: Field) -> st.SearchStrategy[Any]:
    match field:
        case Integer(letter=letter):
            return st.integers(*RANGES[letter])
        case Blob(size=size):
            return st.binary(min_size=size, max_size=size)
        case Text():
            return st.text(
                st.characters(codec="utf-8"), max_size=63
            )  # 4 bytes each at most, counted by a byte
        case Integers(letter=letter):
            return st.lists(st.integers(*RANGES[letter]), max_size=5)
        case Nested(message=message):
            return values_of(LAYOUTS[message])
        case NestedList(message=message):
            return st.lists(values_of(LAYOUTS[message]), max_size=3)
    raise TypeError(field)


def message_from(layout: Layout, values: dict[str, Any]) -> Message:
    """The generated class filled with plain values."""
    arguments = []
    for field in layout.fields:
        value = values[field.name]
        match field:
            case Nested(message=message):
                value = message_from(LAYOUTS[message], value)
            case NestedList(message=message):
                value = [message_from(LAYOUTS[message], item) for item in value]
        arguments.append(value)
    make: Callable[..., Message] = getattr(codec, layout.name)
    return make(*arguments)


def plain(value: Any) -> Any:
    """What construct parsed or a message holds, as plain values."""
    if isinstance(value, Message):
        return {name: plain(getattr(value, name)) for name in value.FIELDS}
    if isinstance(value, Container):
        return {name: plain(item) for name, item in value.items() if not name.startswith("_")}
    if isinstance(value, (list, ListContainer)):
        return [plain(item) for item in value]
    return value


@every_message
def test_the_codec_and_the_schema_read_and_write_the_same_bytes(name: str) -> None:
    layout = LAYOUTS[name]

    @CODEC
    @given(values_of(layout))
    def same(values: dict[str, Any]) -> None:
        message = message_from(layout, values)
        wire = message.pack()
        assert wire == STRUCTS[name].build(values)
        assert plain(getattr(codec, name).unpack(wire)) == values
        assert plain(STRUCTS[name].parse(wire)) == values
        assert getattr(codec, name).unpack(wire) == message

    same()


@every_message
def test_the_codec_and_the_schema_agree_on_bytes_that_are_too_many_or_too_few(name: str) -> None:
    read = getattr(codec, name).unpack

    @CODEC
    @given(values_of(LAYOUTS[name]), st.binary(max_size=20), st.data())
    def same(values: dict[str, Any], behind: bytes, data: st.DataObject) -> None:
        wire = STRUCTS[name].build(values)
        assert plain(read(wire + behind)) == values
        assert plain(read(memoryview(b"?" + wire)[1:])) == values
        cut = data.draw(st.integers(0, len(wire) - 1))
        if cut in older_sizes(LAYOUTS[name], len(wire)):
            return  # an older sender's message: see tests/device/test_vectors.py
        with pytest.raises(DecodeError):
            read(wire[:cut])

    same()


@every_message
def test_random_bytes_are_read_as_the_schema_reads_them_or_refused(name: str) -> None:
    read = getattr(codec, name).unpack

    @settings(CODEC, max_examples=100)
    @given(st.binary(max_size=150))
    def only_a_decode_error(wire: bytes) -> None:
        try:
            message = read(wire)
        except DecodeError:
            return
        if len(message.pack()) > len(wire):
            assert len(wire) in older_sizes(LAYOUTS[name], len(message.pack()))
            return
        assert plain(message) == plain(STRUCTS[name].parse(wire))
        assert wire.startswith(message.pack())

    only_a_decode_error()


WRONG: tuple[Any, ...] = (
    *(None, -1, 2**8, 2**16, 2**32, 2**64, -(2**31) - 1, 0.5, float("nan"), object()),
    *("", "x" * 70000, "\ud800", b"", b"x" * 31, bytearray(33)),
    *([], [None], [-1], [2**16], [0] * 256, ["x"], [[]], {}, {"x": 1}),
)


@every_message
def test_whatever_stands_in_a_field_an_encoder_raises_nothing_but_its_own_error(name: str) -> None:
    layout = LAYOUTS[name]
    values = sample_of(layout, "typical", LAYOUTS)
    for field in layout.fields:
        for wrong in WRONG:
            message = message_from(layout, values)
            setattr(message, field.name, wrong)
            try:
                wire = message.pack()
            except EncodeError as error:
                assert layout.name in str(error)  # noqa: PT017
                continue
            assert wire == STRUCTS[name].build({**values, field.name: wrong}), (field.name, wrong)


@HEADERS
@given(st.tuples(u8, u8, u16, u16, u32, u16, u16))
def test_a_header_means_the_same_to_struct_and_to_the_schema(values: tuple[int, ...]) -> None:
    wire = struct.pack(frame.HEADER, frame.MAGIC, *values)
    assert len(wire) == frame.HEADER_SIZE == schema.HEADER_SIZE
    header = schema.Header.parse(wire)
    names = ("magic", "kind", "flags", "session", "id", "arg", "length", "check")
    assert tuple(header[name] for name in names) == struct.unpack(frame.HEADER, wire) == (0x61C1, *values)
    assert schema.Header.build(header) == wire
    checked = (header.kind, header.flags, header.session, header.id, header.arg, header.length)
    assert frame.header_check(*checked) == schema.header_check(header)


@HEADERS
@given(st.integers(1, 15), u16, u16, st.integers(0, schema.ARG_LIMIT - 1), st.binary(max_size=200))
def test_a_frame_is_the_same_bytes_to_both_and_comes_back(
    kind: int, session: int, id: int, arg: int, payload: bytes
) -> None:
    padded = (frame.OVERHEAD + len(payload)) % 64 == 0
    wire = frame.encode_frame(kind, session, id, arg, payload)
    stuffed = payload + b"\0" * padded
    assert wire == schema.build_frame(0x10 | kind, int(padded), session, id, arg, stuffed)
    assert schema.Frame.parse(wire).covered.value.payload == stuffed
    (found,) = frame.Decoder(256).feed(wire)
    assert (found.major, found.kind, found.session, found.id, found.arg) == (1, kind, session, id, arg)
    assert found.payload == payload


@HEADERS
@given(u8, u8, u16, u16, u32, st.binary(max_size=100))
def test_any_frame_the_schema_can_build_is_decoded(
    kind: int, flags: int, session: int, id: int, arg: int, payload: bytes
) -> None:
    (found,) = frame.Decoder(256).feed(schema.build_frame(kind, flags, session, id, arg, payload))
    assert (found.major << 4 | found.kind, found.flags, found.session) == (kind, flags, session)
    assert (found.id, found.arg) == (id, arg)
    assert found.payload == (payload[:-1] if flags & 1 else payload)


@HEADERS
@given(*[st.integers(-3, 2**31) | st.sampled_from((15, 16, 65535, 65536, 2**30))] * 4)
def test_a_frame_of_any_numbers_is_encoded_or_refused(kind: int, session: int, id: int, arg: int) -> None:
    fits = 1 <= kind <= 15 and 0 <= session <= 0xFFFF and 0 <= id <= 0xFFFF and 0 <= arg < schema.ARG_LIMIT
    if fits:
        assert len(frame.encode_frame(kind, session, id, arg)) == frame.OVERHEAD
    else:
        with pytest.raises(EncodeError):
            frame.encode_frame(kind, session, id, arg)


def test_the_longest_payload_survives_and_a_longer_one_is_refused() -> None:
    (found,) = frame.Decoder().feed(frame.encode_frame(7, payload=bytes(65534)))
    assert found.payload == bytes(65534)
    longest = schema.build_frame(0x17, 0, 0, 0, 0, bytes(65535))  # another implementation may send it
    assert [f.payload for f in frame.Decoder().feed(longest)] == [bytes(65535)]
    with pytest.raises(EncodeError):
        frame.encode_frame(7, payload=bytes(65535))
