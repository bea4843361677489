"""The last replies, for requests that come again: in slots that were there from the start.

Kept one by one on the heap they lay scattered over it for as long as a session is quiet, and left no room in
one piece. Only a reply that is longer than a slot still does.
"""

KEPT = 16  # requests; their numbers lie less than that apart
SLOT = 128  # bytes: only lists of photos and errors with log lines are longer

NOT_YET = -1
ELSEWHERE = -2


class KeptReplies:
    """By number of the request. A newer number takes the slot of the one that is KEPT numbers older.

    >>> kept = KeptReplies(bytearray(KEPT * SLOT))
    >>> kept.expect(7); kept.known(7), kept.reply(7)
    (True, None)
    >>> kept.keep(7, b"done"); kept.expect(7 + KEPT); kept.known(7)
    False
    """

    def __init__(self, buffer: bytearray) -> None:
        self._buffer = buffer
        self._view = memoryview(buffer)
        self._ids = [-1] * KEPT
        self._lengths = [NOT_YET] * KEPT
        self._long: "list[bytes | None]" = [None] * KEPT

    def __len__(self) -> int:
        """How many requests are being carried out or answered."""
        return sum([id >= 0 for id in self._ids])

    def clear(self) -> None:
        """Forget them all."""
        for slot in range(KEPT):
            self._ids[slot] = -1
            self._long[slot] = None

    def drop_old(self, newest: int) -> None:
        """Forget those that are KEPT or more numbers older than the newest (16-bit numbers)."""
        for slot in range(KEPT):
            if self._ids[slot] >= 0 and (newest - self._ids[slot]) & 0xFFFF >= KEPT:
                self._ids[slot] = -1
                self._long[slot] = None

    def expect(self, id: int) -> None:
        """The request is being carried out."""
        slot = id % KEPT
        self._ids[slot] = id
        self._lengths[slot] = NOT_YET
        self._long[slot] = None

    def known(self, id: int) -> bool:
        """Is it being carried out, or answered?"""
        return self._ids[id % KEPT] == id

    def keep(self, id: int, reply: bytes) -> None:
        """The request that was expected has been answered."""
        slot = id % KEPT
        if len(reply) > SLOT:
            self._lengths[slot] = ELSEWHERE
            self._long[slot] = reply
            return
        self._view[slot * SLOT : slot * SLOT + len(reply)] = reply
        self._lengths[slot] = len(reply)

    def reply(self, id: int) -> "bytes | None":
        """The reply; None while the request is being carried out."""
        slot = id % KEPT
        length = self._lengths[slot]
        if length < 0:
            return self._long[slot]
        return bytes(self._view[slot * SLOT : slot * SLOT + length])
