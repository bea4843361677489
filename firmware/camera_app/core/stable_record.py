"""A record that a power cut cannot destroy: two slots, written in turn; the newest whole one counts.

A slot is a mark, a sequence number, the data and a CRC-32 over all. (Without the mark, erased flash would
be a record: the CRC-32 of four bytes FF is FF FF FF FF.) A cut in the middle of a write spoils the slot that
was being written, which is never the one that counts.
"""

import binascii
import struct

MARK = b"R1"
SEQUENCE = "<I"
FRAME_SIZE = 10


class StableRecord:
    """What two slots hold, and what to write into which of them next.

    >>> record = StableRecord(b"", b"")
    >>> record.data, record.renew(b"one")[0]
    (b'', 0)
    """

    def __init__(self, slot_a: bytes, slot_b: bytes) -> None:
        self.data = b""
        self._sequence = 0
        self._next = 0
        for number, slot in enumerate((slot_a, slot_b)):
            if len(slot) < FRAME_SIZE or not _is_whole(slot):
                continue
            (sequence,) = struct.unpack_from(SEQUENCE, slot, len(MARK))
            if sequence > self._sequence:
                self._sequence = sequence
                self.data = bytes(slot[6:-4])
                self._next = 1 - number

    def renew(self, data: bytes) -> "tuple[int, bytes]":
        """The slot to write (0 or 1) and its new content. From here on `data` is what counts."""
        self._sequence += 1
        self.data = data
        slot = self._next
        self._next = 1 - slot
        body = MARK + struct.pack(SEQUENCE, self._sequence) + data
        return slot, body + struct.pack("<I", binascii.crc32(body))


def _is_whole(slot: bytes) -> bool:
    crc = binascii.crc32(memoryview(slot)[:-4])
    return slot[: len(MARK)] == MARK and struct.pack("<I", crc) == slot[-4:]
