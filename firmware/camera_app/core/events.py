"""Numbered events, kept in a ring until newer ones need the room."""


class EventRing:
    """Encoded events by number.

    >>> ring = EventRing(capacity=2)
    >>> for name in (b"a", b"b", b"c"): ring.add(name)
    >>> ring.oldest, ring.newest, ring.get(3), ring.get(1), ring.overwritten
    (2, 3, b'c', None, 1)
    """

    def __init__(self, capacity: int) -> None:
        self.newest = 0
        self.overwritten = 0
        self._slots: "list[bytes | None]" = [None] * capacity

    @property
    def oldest(self) -> int:
        """Number of the oldest event still here (newest + 1 if there is none)."""
        return max(1, self.newest - len(self._slots) + 1)

    def add(self, event: bytes) -> None:
        """Keep an event under the number `newest + 1`."""
        self.newest += 1
        slot = self.newest % len(self._slots)
        if self._slots[slot] is not None:
            self.overwritten += 1
        self._slots[slot] = event

    def get(self, number: int) -> "bytes | None":
        """The event of that number, None if it is gone or not yet there."""
        if number < self.oldest or number > self.newest:
            return None
        return self._slots[number % len(self._slots)]
