"""The board's counter, and the watchdog that the bench counts down."""

from boards.bench import runtime
from boards.bench.channel import Channel
from boards.bench.faults import Faults
from camera_app import hal

FEED_EVERY_MS = 500  # the bench need not see every feed: it resets that much too early, never too late


class BenchTicks(hal.Ticks):
    """MicroPython's microsecond counter, which the bench can push ahead, or stop (a lie)."""

    def __init__(self, channel: Channel, faults: Faults) -> None:
        self._faults = faults
        self._ahead_us = 0
        self._last = 0
        channel.listeners["clock_us"] = self._push

    def _push(self, ahead_us: int) -> None:
        self._ahead_us += ahead_us

    def ticks_us(self) -> int:
        """Microseconds, wrapping."""
        if not self._faults.meet("ticks.ticks_us"):
            self._last = (runtime.ticks_us() + self._ahead_us) % self.WRAP_US
        return self._last


class BenchWatchdog(hal.Watchdog):
    """A counter of its own clock's, outside of the firmware's process."""

    def __init__(self, channel: Channel, faults: Faults) -> None:
        self._channel = channel
        self._faults = faults
        self._fed_ms = 0

    def start(self, timeout_ms: int) -> None:
        """Start it."""
        if self._faults.meet("watchdog.start"):
            return
        self._channel.say("watchdog", timeout_ms)
        self._fed_ms = runtime.ticks_ms()

    def feed(self) -> None:
        """Put the reset off."""
        if self._faults.meet("watchdog.feed"):
            return
        now_ms = runtime.ticks_ms()
        if runtime.ticks_diff(now_ms, self._fed_ms) >= FEED_EVERY_MS:
            self._fed_ms = now_ms
            self._channel.say("feed", True)
