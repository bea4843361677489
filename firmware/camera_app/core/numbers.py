"""Numbers that are never used twice, reboots and power loss included."""


class NumberBlock:
    """Hands out 1, 2, 3 …; stores a ceiling ahead of time, so that flash is written once in `block` numbers.

    After a reset the count goes on behind the stored ceiling: numbers may be skipped, never reused.

    >>> numbers = NumberBlock(ceiling=64, block=64)
    >>> numbers.take(), numbers.ceiling
    (65, 128)
    """

    def __init__(self, ceiling: int, block: int = 64) -> None:
        self._last = ceiling
        self._block = block
        self.ceiling = ceiling

    def must_store(self) -> bool:
        """True if the next `take` raises the ceiling: store the new one before using the number."""
        return self._last + 1 > self.ceiling

    def take(self) -> int:
        """The next number."""
        self._last += 1
        if self._last > self.ceiling:
            self.ceiling += self._block
        return self._last
