"""Frames as plain values: `encode_frame` and `Decoder.feed`. No input or output here.

>>> wire = encode_frame(2, session=7, id=1, arg=3, payload=b"ping")
>>> [(frame.kind, bytes(frame.payload)) for frame in Decoder().feed(b"noise" + wire)]
[(2, b'ping')]
"""

import binascii
import struct

from oralcam_protocol.wire.enums import PROTOCOL_MAJOR, FrameFlag
from oralcam_protocol.wire.errors import EncodeError

MAGIC = 0x61C1
MAGIC_BYTES = b"\xc1\x61"
HEADER = "<HBBHHIHH"
HEADER_SIZE = 16
TRAILER_SIZE = 4
OVERHEAD = HEADER_SIZE + TRAILER_SIZE
ARG_LIMIT = 1 << 30
CONSOLE_LIMIT = 4096
# CRC-32 over data and its own CRC-32 is always this: one call checks a frame, nothing is sliced off
CRC_RESIDUE = 0x2144DF1C


class Frame:
    """One frame. `payload` is a view of what was fed, valid until that changes."""

    __slots__ = ("_kind", "arg", "flags", "id", "payload", "session")

    def __init__(
        self, kind_byte: int, flags: int, session: int, id: int, arg: int, payload: memoryview
    ) -> None:
        self._kind = kind_byte
        self.flags = flags
        self.session = session
        self.id = id
        self.arg = arg
        self.payload = payload

    @property
    def kind(self) -> int:
        """A `wire.enums.Kind`."""
        return self._kind & 15

    @property
    def major(self) -> int:
        """The sender's major version of the protocol."""
        return self._kind >> 4


def header_check(kind: int, flags: int, session: int, id: int, arg: int, length: int) -> int:
    """Return the header's last word: XOR of the words before it and 0xFFFF.

    (0x9E3E is MAGIC ^ 0xFFFF.)
    """
    return 0x9E3E ^ (kind | flags << 8) ^ session ^ id ^ (arg & 0xFFFF) ^ (arg >> 16) ^ length


def seal_frame(buffer: bytearray, kind: int, session: int, id: int, arg: int, length: int) -> int:
    """Make a frame of the `length` payload bytes that stand in `buffer` from HEADER_SIZE on.

    Writes header, padding and CRC around them in place and returns the frame's size. The transmit path
    of the camera allocates nothing else: `buffer` needs OVERHEAD + 1 bytes more than the payload.
    """
    flags = 0
    if (OVERHEAD + length) & 63 == 0:  # a USB burst must not end on a full packet: its tail would wait
        flags = FrameFlag.PADDED
        buffer[HEADER_SIZE + length] = 0
        length += 1
    kind |= PROTOCOL_MAJOR << 4
    check = header_check(kind, flags, session, id, arg, length)
    struct.pack_into(HEADER, buffer, 0, MAGIC, kind, flags, session, id, arg, length, check)
    end = HEADER_SIZE + length
    struct.pack_into("<I", buffer, end, binascii.crc32(memoryview(buffer)[:end]))
    return end + TRAILER_SIZE


def encode_frame(kind: int, session: int = 0, id: int = 0, arg: int = 0, payload: bytes = b"") -> bytes:
    """Encode one frame. Raises `EncodeError` for a value that does not fit the header."""
    length = len(payload)
    if not 1 <= kind <= 15:
        raise EncodeError("frame kind {!r} is not in 1..15".format(kind))
    if not 0 <= session <= 0xFFFF or not 0 <= id <= 0xFFFF:
        raise EncodeError("frame session {!r} or id {!r} is not in 0..65535".format(session, id))
    if not 0 <= arg < ARG_LIMIT:
        raise EncodeError("frame arg {!r} is not in 0..2^30-1".format(arg))
    if length > 0xFFFE:
        raise EncodeError("payload of {} bytes is longer than 65534".format(length))
    buffer = bytearray(OVERHEAD + 1 + length)
    buffer[HEADER_SIZE : HEADER_SIZE + length] = payload
    return bytes(memoryview(buffer)[: seal_frame(buffer, kind, session, id, arg, length)])


class Decoder:
    """A decoder that finds frames in a stream of bytes that may hold anything.

    Bytes outside frames are kept for `take_console` (the last 4 KiB of them): a traceback on the console is
    never lost. Memory is bounded by one frame of `max_payload` bytes. It never raises, whatever it is fed.
    """

    def __init__(self, max_payload: int = 0xFFFF) -> None:
        self.max_payload = max_payload
        self.damaged = 0  # frames whose header or CRC was wrong, or that were given up
        self.outside = 0  # bytes that belonged to no frame
        self._held = bytearray(OVERHEAD + max_payload + 1)  # the byte that pads a frame is no payload
        self._held_view = memoryview(self._held)
        self._count = 0  # bytes of an unfinished frame in _held
        self._need = 0  # how many it takes to say more about it; always more than _count
        self._console = b""

    @property
    def unfinished(self) -> int:
        """The number of bytes held back because their frame is not complete yet."""
        return self._count

    def reset(self) -> None:
        """Forget an unfinished frame (a new connection)."""
        self._count = 0

    def take_console(self) -> bytes:
        """Return the bytes outside frames since the last call, at most the newest 4 KiB."""
        console = self._console
        self._console = b""
        return console

    def feed(self, data: "bytes | bytearray") -> "list[Frame]":
        """Take bytes in and return the frames that are complete now."""
        frames: "list[Frame]" = []
        view = memoryview(data)
        at = 0
        end = len(data)
        while self._count:
            missing = self._need - self._count
            if end - at < missing:
                self._held[self._count : self._count + end - at] = view[at:]
                self._count += end - at
                return frames
            whole = bytes(self._held_view[: self._count]) + view[at : at + missing]
            at += missing
            self._hold(whole, self._scan(whole, 0, frames))
        self._hold(data, self._scan(data, at, frames))
        return frames

    def give_up(self) -> "list[Frame]":
        """Look for whole frames in what is held: the rest of an unfinished frame did not come in time."""
        frames: "list[Frame]" = []
        if self._count:
            self.damaged += 1
            held = bytes(self._held_view[: self._count])
            self._hold(held, self._scan(held, self._next_magic(held, 0), frames))
        return frames

    def _hold(self, data: "bytes | bytearray", start: int) -> None:
        """Keep what stands in `data` from `start` on for the next time."""
        self._count = len(data) - start
        if self._count:
            self._held[: self._count] = memoryview(data)[start:]

    def _scan(self, data: "bytes | bytearray", at: int, frames: "list[Frame]") -> int:
        """Append the whole frames of data[at:]; return where an unfinished one starts, or the end."""
        view = memoryview(data)
        end = len(data)
        unpack, crc32, limit = (
            struct.unpack_from,
            binascii.crc32,
            self.max_payload,
        )  # local: this is the hot path
        while end - at >= HEADER_SIZE:
            magic, kind, flags, session, id, arg, length, check = unpack(HEADER, data, at)
            if magic == MAGIC:
                words = kind ^ flags << 8 ^ session ^ id ^ arg ^ arg >> 16 ^ length ^ check
                padding = flags & 1
                if words & 0xFFFF == 0x9E3E and length - padding <= limit:
                    stop = at + OVERHEAD + length
                    if stop > end:
                        self._need = stop - at
                        return at
                    if crc32(view[at:stop]) == CRC_RESIDUE:
                        payload = view[at + HEADER_SIZE : stop - TRAILER_SIZE - padding]
                        frames.append(Frame(kind, flags, session, id, arg, payload))
                        at = stop
                        continue
                self.damaged += 1
            at = self._next_magic(data, at)
        while at < end:
            if data[at] == 0xC1 and (end - at == 1 or data[at + 1] == 0x61):
                # what only looks like a magic is text as soon as its second byte is here
                self._need = HEADER_SIZE if end - at > 1 else 2
                return at
            at = self._next_magic(data, at)
        return at

    def _next_magic(self, data: "bytes | bytearray", at: int) -> int:
        """Give up the byte at `at` and all before the next possible frame; return where that is."""
        end = len(data)
        found = data.find(MAGIC_BYTES, at + 1)
        if found < 0:
            found = end - 1 if data[end - 1] == 0xC1 and end - 1 > at else end
        self.outside += found - at
        spilled = bytes(memoryview(data)[max(at, found - CONSOLE_LIMIT) : found])
        self._console = (self._console + spilled)[-CONSOLE_LIMIT:]
        return found
