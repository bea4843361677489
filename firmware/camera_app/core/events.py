"""Numbered events, kept in a ring until newer ones need the room."""


class EventRing:
    """Encoded events by number, in a buffer that was there from the start: the heap stays as it was.

    >>> ring = EventRing(bytearray(4), slot=2)
    >>> for name in (b"a", b"b", b"c"): ring.add(name)
    >>> ring.oldest, ring.newest, ring.get(3), ring.get(1), ring.overwritten
    (2, 3, b'c', None, 1)
    """

    def __init__(self, buffer: bytearray, slot: int) -> None:
        self.newest = 0
        self.overwritten = 0
        self._buffer = buffer
        self._slot = slot
        self._capacity = len(buffer) // slot

    @property
    def oldest(self) -> int:
        """Number of the oldest event still here (newest + 1 if there is none)."""
        return max(1, self.newest - self._capacity + 1)

    def add(self, event: bytes) -> None:
        """Keep an event, shorter than a slot, under the number `newest + 1`."""
        if len(event) >= self._slot or len(event) > 255:
            raise ValueError("an event of {} bytes".format(len(event)))
        if self.newest >= self._capacity:
            self.overwritten += 1
        self.newest += 1
        start = self._start(self.newest)
        self._buffer[start] = len(event)
        self._buffer[start + 1 : start + 1 + len(event)] = event

    def get(self, number: int) -> "bytes | None":
        """The event of that number, None if it is gone or not yet there."""
        if number < self.oldest or number > self.newest:
            return None
        start = self._start(number)
        return bytes(memoryview(self._buffer)[start + 1 : start + 1 + self._buffer[start]])

    def _start(self, number: int) -> int:
        return number % self._capacity * self._slot
