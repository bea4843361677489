"""When it became light and when dark again, from samples of the zones' sensors."""

HYSTERESIS = 8  # dark is below 7/8 of the threshold: noise at the threshold is no strobe


class StrobeWatch:
    """Samples in, two moments out.

    >>> watch = StrobeWatch(threshold_mv=200)
    >>> [watch.feed(at, [0, level, 0]) for at, level in ((10, 12), (20, 900), (30, 190), (40, 20))]
    [False, False, False, True]
    >>> watch.lit_us, watch.dark_us
    (20, 40)
    """

    def __init__(self, threshold_mv: int) -> None:
        self._threshold_mv = threshold_mv
        self.lit_us = 0
        self.dark_us = 0

    @property
    def done(self) -> bool:
        """Both are known."""
        return self.dark_us > 0

    def feed(self, at_us: int, millivolts: "list[int]") -> bool:
        """A sample; True when there is no more to see."""
        brightest = max(millivolts)
        if not self.lit_us:
            if brightest >= self._threshold_mv:
                self.lit_us = at_us
        elif not self.dark_us and brightest < self._threshold_mv - self._threshold_mv // HYSTERESIS:
            self.dark_us = at_us
        return self.done
