"""Flattens the schema's constructs into plain fields that a codec, a table or a vector can be made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from construct import Array, FocusedSeq, FormatField, Prefixed, Renamed, StringEncoded, Struct
from construct import Bytes as BytesConstruct

from tools.generate.schemas import Schema

SIZES = {"B": 1, "H": 2, "I": 4, "Q": 8, "i": 4}
APPENDED = "since 1."  # how the meaning of such a field begins
TYPE_NAMES = {"B": "u8", "H": "u16", "I": "u32", "Q": "u64", "i": "i32"}


@dataclass(frozen=True)
class Field:
    """One field of a message."""

    name: str
    doc: str

    @property
    def appended(self) -> bool:
        """Was it added after the first release? Then an older sender's message ends before it."""
        return self.doc.startswith(APPENDED)


@dataclass(frozen=True)
class Integer(Field):
    """An integer; `letter` is its `struct` format."""

    letter: str


@dataclass(frozen=True)
class Blob(Field):
    """A fixed number of bytes."""

    size: int


@dataclass(frozen=True)
class Text(Field):
    """UTF-8 behind its length; `count` is the length's `struct` format."""

    count: str


@dataclass(frozen=True)
class Integers(Field):
    """Integers behind their count."""

    count: str
    letter: str


@dataclass(frozen=True)
class Nested(Field):
    """Another message."""

    message: str


@dataclass(frozen=True)
class NestedList(Field):
    """Other messages behind their count."""

    count: str
    message: str


@dataclass(frozen=True)
class Layout:
    """One message, flat."""

    name: str
    purpose: str
    fields: tuple[Field, ...]


def type_name(field: Field) -> str:
    """How the specification's tables call the field's type."""
    match field:
        case Integer(letter=letter):
            return TYPE_NAMES[letter]
        case Blob(size=size):
            return f"{size} bytes"
        case Text(count=count):
            return f"{TYPE_NAMES[count]} length, UTF-8"
        case Integers(count=count, letter=letter):
            return f"{TYPE_NAMES[count]} count, {TYPE_NAMES[letter]} each"
        case Nested(message=message):
            return message
        case NestedList(count=count, message=message):
            return f"{TYPE_NAMES[count]} count, {message} each"
    raise TypeError(f"no name for {field!r}")


def _letter(construct: Any) -> str:
    assert isinstance(construct, FormatField), construct
    letter = str(construct.fmtstr[-1]).replace("L", "I").replace("l", "i")
    assert construct.fmtstr[0] == "<" or letter == "B", f"{construct} is not little-endian"
    assert letter in SIZES, f"{construct}: a width the codec does not know"
    return letter


def _field(name: str, doc: str, construct: Any, names: dict[int, str]) -> Field:
    if isinstance(construct, FormatField):
        return Integer(name, doc, _letter(construct))
    if isinstance(construct, BytesConstruct):
        return Blob(name, doc, construct.length)
    if isinstance(construct, StringEncoded) and isinstance(construct.subcon, Prefixed):
        return Text(name, doc, _letter(construct.subcon.lengthfield))
    if isinstance(construct, Struct):
        return Nested(name, doc, names[id(construct)])
    if isinstance(construct, FocusedSeq):  # what PrefixedArray makes
        count = _letter(_plain(construct.subcons[0]).subcon)
        items = _plain(construct.subcons[1])
        assert isinstance(items, Array), construct
        item = items.subcon
        if isinstance(item, Struct):
            return NestedList(name, doc, count, names[id(item)])
        return Integers(name, doc, count, _letter(item))
    raise TypeError(f"{name}: the codec has no word for {construct!r}")


def _plain(construct: Any) -> Any:
    while isinstance(construct, Renamed):
        construct = construct.subcon
    return construct


def header_fields(struct: Any) -> list[tuple[str, int, str]]:
    """Name, bytes and meaning of each field of a struct of fixed size."""
    return [(part.name, part.sizeof(), part.docs) for part in struct.subcons]


def layouts(schema: Schema) -> list[Layout]:
    """Every message of the schema, in its order."""
    names = {id(message.struct): message.name for message in schema.messages}
    result = []
    for message in schema.messages:
        fields = [_field(part.name, part.docs, _plain(part), names) for part in message.struct.subcons]
        result.append(Layout(message.name, message.purpose, tuple(fields)))
    return result
