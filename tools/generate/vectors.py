"""Writes protocol/vectors: what golden bytes mean, and what broken bytes must not do.

Made with construct alone, never with the generated codec: the vectors judge it.
"""

from __future__ import annotations

import binascii
from typing import Any

from oralcam_protocol.schema.enums import PROTOCOL_MAJOR, FrameFlag, Kind
from oralcam_protocol.schema.frame import build_frame
from tools.generate.layout import (
    SIZES,
    Blob,
    Field,
    Integer,
    Integers,
    Layout,
    Nested,
    NestedList,
    Text,
)
from tools.generate.schemas import Schema

SAMPLES = ("lowest", "typical", "highest")


def _range(letter: str) -> tuple[int, int]:
    bits = 8 * SIZES[letter]
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if letter.islower() else (0, (1 << bits) - 1)


def _integer(letter: str, sample: str, salt: str) -> int:
    low, high = _range(letter)
    typical = low + binascii.crc32(salt.encode()) % (min(high, 0xFFFFFFFF) - low + 1)
    return {"lowest": low, "typical": typical, "highest": high}[sample]


def _value(field: Field, sample: str, by_name: dict[str, Layout]) -> Any:
    count = SAMPLES.index(sample)
    match field:
        case Integer(name=name, letter=letter):
            return _integer(letter, sample, name)
        case Blob(size=size):
            return bytes((count * 85 + i) & 0xFF for i in range(size))
        case Text():
            return ("", "OC-7F3A", "Zoë 山田")[count]
        case Integers(name=name, letter=letter):
            return [_integer(letter, sample, f"{name}{i}") for i in range(count)]
        case Nested(message=message):
            return sample_of(by_name[message], sample, by_name)
        case NestedList(message=message):
            return [sample_of(by_name[message], sample, by_name) for _ in range(count)]
    raise TypeError(field)


def sample_of(layout: Layout, sample: str, by_name: dict[str, Layout]) -> dict[str, Any]:
    """Plain values for every field of a message."""
    return {field.name: _value(field, sample, by_name) for field in layout.fields}


def _plain(value: Any) -> Any:
    """Values as JSON can hold them: bytes become {"hex": …}."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def message_vectors(schema: Schema, layouts: list[Layout]) -> list[dict[str, Any]]:
    """Golden messages: name, values, bytes."""
    by_name = {layout.name: layout for layout in layouts}
    structs = {message.name: message.struct for message in schema.messages}
    vectors = []
    for layout in layouts:
        for sample in SAMPLES:
            values = sample_of(layout, sample, by_name)
            wire = structs[layout.name].build(values)
            vectors.append(
                {
                    "message": layout.name,
                    "sample": sample,
                    "values": _plain(values),
                    "hex": wire.hex(),
                    "older": older_sizes(layout, len(wire)),
                }
            )
    return vectors


def older_sizes(layout: Layout, size: int) -> list[int]:
    """Where the message ended in earlier versions, before fields were appended to it."""
    sizes = []
    for field in reversed(layout.fields):
        if not field.appended or not isinstance(field, Integer):
            break
        size -= SIZES[field.letter]
        sizes.append(size)
    return sizes


def refused_vectors(layouts: list[Layout]) -> list[dict[str, Any]]:
    """Values that every encoder must refuse: a message, one of its fields, one step out of range."""
    vectors: list[dict[str, Any]] = []
    for layout in layouts:
        for field in layout.fields:
            vectors += [
                {"message": layout.name, "field": field.name, "value": _plain(value)}
                for value in _refused(field)
            ]
    return vectors


def _refused(field: Field) -> list[Any]:
    match field:
        case Integer(letter=letter):
            low, high = _range(letter)
            return [low - 1, high + 1, None, 0.5, "1"]
        case Blob(size=size):
            return [bytes(size - 1), bytes(size + 1), None]
        case Text(count=count):
            return ["x" * (_range(count)[1] + 1), None] if count == "B" else [None]
        case Integers(count=count, letter=letter):
            low, high = _range(letter)
            return [[low - 1], [high + 1], [None], [low] * (_range(count)[1] + 1)]
    return []


def frame_vectors() -> dict[str, list[dict[str, Any]]]:
    """Golden frames, and streams with something wrong and what a decoder must find in them."""
    kind = PROTOCOL_MAJOR << 4
    golden = []
    for name, k, flags, session, id, arg, payload in (
        ("empty", Kind.REQ, 0, 0, 0, 0, b""),
        ("request", Kind.REQ, 0, 0x1234, 7, 3, b"payload"),
        ("largest arg", Kind.DATA, 0, 0xFFFF, 0xFFFF, (1 << 30) - 1, bytes(range(256))),
        ("padded", Kind.RSP, FrameFlag.PADDED, 1, 2, 0, bytes(44) + b"\0"),
        ("magic inside", Kind.DATA, 0, 1, 2, 4096, b"\xc1\x61" * 20),
    ):
        wire = build_frame(kind | k, flags, session, id, arg, payload)
        shown = payload[:-1] if flags & FrameFlag.PADDED else payload
        golden.append(
            {
                "name": name,
                "kind": int(k),
                "session": session,
                "id": id,
                "arg": arg,
                "payload": shown.hex(),
                "hex": wire.hex(),
            }
        )
    good = build_frame(kind | Kind.EVENT, 0, 9, 1, 1, b"good")
    other = build_frame(kind | Kind.DATA, 0, 9, 2, 0, bytes(100))
    lying = bytearray(other)
    lying[12] ^= 0xFF  # the length, not its check
    flipped = bytearray(other)
    flipped[40] ^= 1
    broken = []
    for name, stream, found in (
        ("noise before", b"Traceback: \xc1 \xc3\xa9\n" + good, 1),
        ("flipped bit in the payload", bytes(flipped) + good, 1),
        ("lying length", bytes(lying) + good, 1),
        ("cut, then a whole one", other[:50] + good + good, 2),
        ("cut in the header", other[:9] + good, 1),
        ("doubled", good + good, 2),
        ("magic alone", b"\xc1\x61" * 50 + good, 1),
        ("magic at the end", good + b"\xc1", 1),
        ("frame within a damaged frame", other[:16] + good + other[16 + len(good) : -4] + b"\0\0\0\0", 1),
        ("nothing but text", b"MicroPython v1.29 on board\r\n>>> " * 3, 0),
    ):
        broken.append({"name": name, "hex": stream.hex(), "good_frames": found})
    return {"golden": golden, "broken": broken}
