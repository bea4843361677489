"""Captures that must not vanish silently: written down before the exposure, struck out when all is well.

What stands here after a reset, and whose photo is not in the store, was lost. It stays until a host knows.
"""

import struct

ENTRY = "<II"
ENTRY_SIZE = 8
REMEMBERED = 64  # losses; the oldest beyond are only counted


class Ledger:
    """Capture numbers and the presses that asked for them (0: the host did).

    >>> ledger = Ledger(b"", held=[])
    >>> ledger.begin(7, press_number=3)
    >>> Ledger(ledger.pack(), held=[]).lost, Ledger(ledger.pack(), held=[7]).lost
    ({7: 3}, {})
    """

    def __init__(self, data: bytes, held: "list[int]") -> None:
        self.forgotten = 0  # losses that there was no room to remember, ever
        self.lost: "dict[int, int]" = {}
        self._under_way: "dict[int, int]" = {}
        if len(data) >= 4:
            (self.forgotten,) = struct.unpack_from("<I", data)
            for at in range(4, len(data) - ENTRY_SIZE + 1, ENTRY_SIZE):
                capture_id, press_number = struct.unpack_from(ENTRY, data, at)
                if capture_id not in held:
                    self.lost[capture_id] = press_number
        while len(self.lost) > REMEMBERED:
            del self.lost[min(self.lost)]
            self.forgotten += 1

    def pack(self) -> bytes:
        """As bytes, for the next boot."""
        out = struct.pack("<I", self.forgotten)
        for entries in (self.lost, self._under_way):
            for capture_id in sorted(entries):
                out += struct.pack(ENTRY, capture_id, entries[capture_id])
        return out

    def begin(self, capture_id: int, press_number: int) -> None:
        """A photo was ordered."""
        self._under_way[capture_id] = press_number

    def settle(self, capture_id: int) -> bool:
        """It came to a good end, or to one that was told; True if that changes anything."""
        return self._under_way.pop(capture_id, None) is not None

    def known(self, capture_id: int) -> bool:
        """A host has noted the loss; True if that changes anything."""
        return self.lost.pop(capture_id, None) is not None

    def after(self, capture_id: int, count: int) -> "list[tuple[int, int]]":
        """Up to `count` losses with a higher number, lowest first: capture and press."""
        numbers = sorted([number for number in self.lost if number > capture_id])
        return [(number, self.lost[number]) for number in numbers[:count]]
