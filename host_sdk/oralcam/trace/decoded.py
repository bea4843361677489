"""From the bytes of a trace to what they were: frames, bytes outside frames, notes, in order, with times."""

from __future__ import annotations

import binascii
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oralcam.trace.recorder import Entry
from oralcam_protocol.wire.enums import FrameFlag
from oralcam_protocol.wire.frame import CRC_RESIDUE, HEADER, MAGIC, OVERHEAD, Decoder, Frame, header_check

BODY_S = 0.3  # both sides wait so long for the rest of a frame


@dataclass(frozen=True)
class DecodedFrame:
    """A frame as it went over the link."""

    at_s: float
    to: str
    kind: int
    major: int
    session: int
    id: int
    arg: int
    payload: bytes
    size: int  # bytes on the wire


@dataclass(frozen=True)
class Outside:
    """Bytes that belonged to no frame: what the camera printed, or a frame that was damaged."""

    at_s: float
    to: str
    data: bytes
    damaged: bool

    @property
    def text(self) -> str | None:
        """The bytes as text; None if they are none."""
        try:
            text = self.data.decode("utf-8")
        except ValueError:
            return None
        printable = all(character.isprintable() or character.isspace() for character in text)
        return text if printable and not self.damaged else None


@dataclass(frozen=True)
class Note:
    """A note that the recorder made."""

    at_s: float
    text: str


Seen = DecodedFrame | Outside | Note


class Direction:
    """One direction's bytes, through the decoder that the SDK and the firmware use."""

    def __init__(self, to: str) -> None:
        self._to = to
        self._decoder = Decoder()
        self._raw = b""  # what the decoder holds back
        self._last_s = 0.0
        self._damaged = 0

    def feed(self, at_s: float, data: bytes) -> Iterator[DecodedFrame | Outside]:
        """Yield what is complete with `data`."""
        if self._decoder.unfinished and at_s - self._last_s >= BODY_S:
            yield from self.give_up()
        self._last_s = at_s
        self._raw += data
        yield from self._found(self._decoder.feed(data))

    def give_up(self) -> Iterator[DecodedFrame | Outside]:
        """Yield what is left: no more bytes come, or they came too late."""
        while self._decoder.unfinished:
            yield from self._found(self._decoder.give_up())

    def _found(self, frames: list[Frame]) -> Iterator[DecodedFrame | Outside]:
        """Yield the frames, and the bytes between them.

        The decoder does not say where they are, so this looks for each.
        """
        region = self._raw[: len(self._raw) - self._decoder.unfinished]
        self._raw = self._raw[len(region) :]
        damaged, self._damaged = self._decoder.damaged > self._damaged, self._decoder.damaged
        at = 0
        for frame in frames:
            header, size = _header(frame)
            start = region.index(header, at)
            while binascii.crc32(region[start : start + size]) != CRC_RESIDUE:  # a damaged one before it
                start = region.index(header, start + 1)
            if start > at:
                yield Outside(self._last_s, self._to, region[at:start], damaged)
            at = start + size
            yield DecodedFrame(
                self._last_s,
                self._to,
                frame.kind,
                frame.major,
                frame.session,
                frame.id,
                frame.arg,
                bytes(frame.payload),
                size,
            )
        if at < len(region):
            yield Outside(self._last_s, self._to, region[at:], damaged)


def _header(frame: Frame) -> tuple[bytes, int]:
    """Return the frame's header as it was on the wire, and how many bytes the frame took there."""
    length = len(frame.payload) + (frame.flags & FrameFlag.PADDED)
    words = (frame.kind | frame.major << 4, frame.flags, frame.session, frame.id, frame.arg, length)
    return struct.pack(HEADER, MAGIC, *words, header_check(*words)), OVERHEAD + length


def decode_trace(entries: Iterable[Entry]) -> Iterator[Seen]:
    """Yield everything in a trace, in order."""
    directions = {to: Direction(to) for to in ("camera", "host")}
    for entry in entries:
        if entry.to:
            yield from directions[entry.to].feed(entry.at_s, entry.data)
        else:
            yield Note(entry.at_s, entry.note)
    for direction in directions.values():
        yield from direction.give_up()
