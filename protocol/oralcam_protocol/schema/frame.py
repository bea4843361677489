"""The frame: 16-byte header, payload, CRC-32 over both. Little-endian throughout."""

from __future__ import annotations

import binascii

from construct import Bytes, Checksum, Const, Container, Int8ul, Int16ul, Int32ul, RawCopy, Struct, this

MAGIC = 0x61C1  # on the wire C1 61: 0xC1 never occurs in UTF-8, so console text cannot fake a frame
HEADER_SIZE = 16
TRAILER_SIZE = 4
MAX_PAYLOAD = 65535
ARG_LIMIT = 1 << 30  # a small int on a 32-bit MicroPython: no allocation in the hot path


def header_check(header: Container) -> int:
    """Return the XOR of the header's other seven 16-bit words and 0xFFFF: it catches a lying length early."""
    words = (
        header.magic,
        header.kind | header.flags << 8,
        header.session,
        header.id,
        header.arg & 0xFFFF,
        header.arg >> 16,
        header.length,
    )
    check = 0xFFFF
    for word in words:
        check ^= word
    return check


Header: Struct = Struct(
    "magic" / Const(MAGIC, Int16ul) * "C1 61 on the wire; C1 never occurs in UTF-8",
    "kind" / Int8ul * "low nibble: Kind; high nibble: major version of the protocol",
    "flags" / Int8ul * "FrameFlag",
    "session" / Int16ul * "given by HELLO; 0 before; frames of another session are counted and dropped",
    "id" / Int16ul * "request id, transfer id (that of its FETCH) or low bits of the event number",
    "arg"
    / Int32ul
    * "opcode (REQ), offset (DATA, RESUME), limit (CREDIT), size (END), milliseconds (PENDING); below 2^30",
    "length" / Int16ul * "bytes of payload",
    "check" / Int16ul * "XOR of the seven words before it and 0xFFFF",
)

Frame: Struct = Struct(
    "covered" / RawCopy(Struct("header" / Header, "payload" / Bytes(this.header.length))),
    "crc" / Checksum(Int32ul, binascii.crc32, this.covered.data),
)


def build_frame(kind: int, flags: int, session: int, id: int, arg: int, payload: bytes) -> bytes:
    """Encode one frame: the slow reference encoder, with which vectors are made."""
    fields = Container(
        magic=MAGIC, kind=kind, flags=flags, session=session, id=id, arg=arg, length=len(payload), check=0
    )
    fields.check = header_check(fields)
    return bytes(Frame.build({"covered": {"value": {"header": fields, "payload": payload}}}))
