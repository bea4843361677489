"""What the generated codec rests on: integers checked in both directions, lists, text, bytes.

MicroPython's `struct.pack` hides errors (300 packs into a byte as 44, a missing argument becomes 0),
so every value is compared with its range here before it is packed.
"""

import struct

from oralcam_protocol.wire.errors import DecodeError, EncodeError

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Sequence

RANGES = {
    "B": (0, 0xFF),
    "H": (0, 0xFFFF),
    "I": (0, 0xFFFFFFFF),
    "Q": (0, 0xFFFFFFFFFFFFFFFF),
    "i": (-0x80000000, 0x7FFFFFFF),
}


class Message:
    """Base of the generated messages: equality and a readable form over `FIELDS`."""

    FIELDS: "tuple[str, ...]" = ()

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return False
        for name in self.FIELDS:
            if getattr(self, name) != getattr(other, name):
                return False
        return True

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        values = ", ".join(["{}={!r}".format(name, getattr(self, name)) for name in self.FIELDS])
        return "{}({})".format(type(self).__name__, values)

    def write(self, out: "list[bytes]") -> None:
        """Append this message's encoded parts to `out`."""
        raise NotImplementedError

    def pack(self) -> bytes:
        """Encode; raises `EncodeError` for a value out of its field's range."""
        out: "list[bytes]" = []
        try:
            self.write(out)
        # a field that is no message, no list, or text with half a surrogate pair
        except (AttributeError, TypeError, UnicodeError) as error:
            raise EncodeError("{} cannot be encoded: {}".format(type(self).__name__, error))
        return b"".join(out)


def put_integers(out: "list[bytes]", message: Message, first: int, form: str) -> None:
    """Append the integer fields of `message` from its `first` on, one per letter of `form`."""
    values = []
    for position, letter in enumerate(form):
        name = message.FIELDS[first + position]
        value = getattr(message, name)
        low, high = RANGES[letter]
        if not isinstance(value, int) or value < low or value > high:
            raise EncodeError(
                "{}.{} is {!r}; it must be a whole number in {}..{}".format(
                    type(message).__name__, name, value, low, high
                )
            )
        values.append(value)
    out.append(struct.pack("<" + form, *values))


def get_integers(view: memoryview, at: int, form: str) -> "tuple[int, ...]":
    """Read one integer per letter of `form` at offset `at`."""
    form = "<" + form
    if at + struct.calcsize(form) > len(view):
        raise DecodeError("message cut short")
    return struct.unpack_from(form, view, at)


def _put_count(out: "list[bytes]", letter: str, count: int, what: str) -> None:
    if count > RANGES[letter][1]:
        raise EncodeError("{} has {} items or bytes, more than {}".format(what, count, RANGES[letter][1]))
    out.append(struct.pack("<" + letter, count))


def put_bytes(out: "list[bytes]", value: bytes, size: int, what: str) -> None:
    """Append a blob of exactly `size` bytes."""
    if not isinstance(value, (bytes, bytearray, memoryview)) or len(value) != size:
        raise EncodeError("{} must be {} bytes".format(what, size))
    out.append(bytes(value))


def get_bytes(view: memoryview, at: int, size: int) -> "tuple[bytes, int]":
    """Read a blob of `size` bytes; returns it and the offset behind it."""
    if at + size > len(view):
        raise DecodeError("message cut short")
    return bytes(view[at : at + size]), at + size


def put_text(out: "list[bytes]", value: str, letter: str, what: str) -> None:
    """Append UTF-8 text behind its length in bytes."""
    if not isinstance(value, str):
        raise EncodeError("{} must be text".format(what))
    data = value.encode("utf-8")
    _put_count(out, letter, len(data), what)
    out.append(data)


def get_text(view: memoryview, at: int, letter: str) -> "tuple[str, int]":
    """Read UTF-8 text behind its length; returns it and the offset behind it."""
    (count,) = get_integers(view, at, letter)
    data, at = get_bytes(view, at + struct.calcsize("<" + letter), count)
    try:
        return data.decode("utf-8"), at
    except ValueError:
        raise DecodeError("text is not UTF-8")


def put_integer_list(out: "list[bytes]", values: "list[int]", letter: str, form: str, what: str) -> None:
    """Append integers of one width behind their count."""
    _put_count(out, letter, len(values), what)
    low, high = RANGES[form]
    for value in values:
        if not isinstance(value, int) or value < low or value > high:
            raise EncodeError("{} holds {!r}; it must be in {}..{}".format(what, value, low, high))
        out.append(struct.pack("<" + form, value))


def get_integer_list(view: memoryview, at: int, letter: str, form: str) -> "tuple[list[int], int]":
    """Read integers of one width behind their count; returns them and the offset behind them."""
    (count,) = get_integers(view, at, letter)
    at += struct.calcsize("<" + letter)
    values = list(get_integers(view, at, form * count)) if count else []
    return values, at + count * struct.calcsize("<" + form)


def put_message_list(out: "list[bytes]", messages: "Sequence[Message]", letter: str, what: str) -> None:
    """Append messages behind their count."""
    _put_count(out, letter, len(messages), what)
    for message in messages:
        message.write(out)
