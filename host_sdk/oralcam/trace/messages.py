"""The message in a frame's payload: the one that its kind and opcode ask for, through the wire's codec."""

from __future__ import annotations

import functools

from oralcam.trace.decoded import DecodedFrame
from oralcam_protocol.wire import codec, enums
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.message import Message

# fields that hold one of a set of numbers
NAMED = {
    "trigger": enums.Trigger,
    "type": enums.EventType,
    "lock": enums.LightLock,
    "light_lock": enums.LightLock,
    "reset_cause": enums.ResetCause,
}
OF_KIND = {(Kind.HELLO, "camera"): codec.HelloRequest, (Kind.HELLO, "host"): codec.HelloReply}
OF_KIND |= {(Kind.ERR, "host"): codec.ErrorReply, (Kind.EVENT, "host"): codec.Event}
OF_KIND |= {(Kind.END, to): codec.End for to in ("host", "camera")}


def name_of(numbers: type, number: int) -> str:
    """Return the name of a number on the wire, or the number where this version has no name for it."""
    return _names(numbers).get(number, str(number))


@functools.cache
def _names(numbers: type) -> dict[int, str]:
    return {number: name for name, number in vars(numbers).items() if name.isupper()}


def message_of(frame: DecodedFrame, opcode: int) -> Message | None:
    """Return what `frame`, about a request with `opcode`, says; None if it carries no message.

    Raises `DecodeError` if the payload is not that message.
    """
    form: type[Message] | None = OF_KIND.get((frame.kind, frame.to))
    if frame.kind in (Kind.REQ, Kind.RSP) and frame.payload:
        form = _of_opcode(opcode, "Request" if frame.kind == Kind.REQ else "Reply")
    if form is None:
        return None
    message: Message = form.unpack(frame.payload)  # type: ignore[attr-defined]
    return message


@functools.cache
def _of_opcode(opcode: int, ending: str) -> type[Message] | None:
    """Return the message class of an opcode: LIGHT_SET has LightRequest and LightReply, HEALTH has Health.

    The same rule finds new ones.
    """
    words = name_of(enums.Opcode, opcode).split("_")
    whole, first = "".join(word.capitalize() for word in words), words[0].capitalize()
    for name in (whole + ending, first + ending, whole):
        form = getattr(codec, name, None)
        if form is not None:
            return form  # type: ignore[no-any-return]
    return None


def as_fields(message: Message) -> dict[str, object]:
    """Return the message's fields by name: numbers that have names by these, bytes in hexadecimal."""
    return {name: _value(message, name, getattr(message, name)) for name in message.FIELDS}


def _value(message: Message, name: str, value: object) -> object:
    if isinstance(value, Message):
        return as_fields(value)
    if isinstance(value, list):
        return [_value(message, "", item) for item in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, int):
        numbers = _numbers(message, name)
        return value if numbers is None else name_of(numbers, value)
    return value


def _numbers(message: Message, name: str) -> type | None:
    if name == "code":  # of an event: why it was refused, or what locks the light
        light = isinstance(message, codec.Event) and message.type == enums.EventType.LIGHT
        plain = isinstance(message, codec.Event) and message.type != enums.EventType.REFUSED
        return enums.LightLock if light else None if plain else enums.ErrorCode
    return NAMED.get(name)


def as_text(fields: dict[str, object]) -> str:
    """Return `name=value` beside each other, lists and messages within in brackets."""
    return " ".join(f"{name}={_text(value)}" for name, value in fields.items())


def _text(value: object) -> str:
    if isinstance(value, dict):
        return f"({as_text(value)})"
    if isinstance(value, list):
        return f"[{', '.join(_text(item) for item in value)}]"
    if isinstance(value, str) and not (value and value.isprintable() and " " not in value):
        return repr(value)
    return str(value)
