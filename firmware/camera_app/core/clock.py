"""The camera's clock: microseconds since start, from a counter that wraps."""


class UnwrappedClock:
    """Turns wrapping ticks into a count that never goes back. Feed it at least once in half a wrap.

    >>> clock = UnwrappedClock(wrap=1000)
    >>> clock.feed(900), clock.feed(950), clock.feed(20)
    (0, 50, 120)
    """

    def __init__(self, wrap: int) -> None:
        self._wrap = wrap
        self._last = -1
        self.now_us = 0

    def feed(self, ticks: int) -> int:
        """The counter stands at `ticks`; returns microseconds since the first call."""
        if self._last >= 0:
            passed = (ticks - self._last) % self._wrap
            if passed < self._wrap >> 1:  # more: a reading that another task overtook
                self.now_us += passed
                self._last = ticks
        else:
            self._last = ticks
        return self.now_us

    def at(self, ticks: int) -> int:
        """When the counter stood at `ticks`, less than half a wrap ago or ahead; `feed` was called before.

        >>> clock = UnwrappedClock(wrap=1000)
        >>> clock.feed(990), clock.feed(10), clock.at(995)
        (0, 20, 5)
        """
        behind = (self._last - ticks) % self._wrap
        if behind >= self._wrap >> 1:
            behind -= self._wrap
        return self.now_us - behind
