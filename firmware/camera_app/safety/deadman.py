"""The watchdog, fed by the safety check alone, and only while the clock goes and the ring obeys."""

from camera_app.core.clock import UnwrappedClock
from camera_app.hal import Ticks, Watchdog
from camera_app.safety.limits import STOPPED_CHECKS, WATCHDOG_MS
from oralcam_protocol.wire.enums import LightLock


class Deadman:
    """The check's clock, too: one that stands still locks the light, and then the board is reset."""

    def __init__(self, watchdog: Watchdog, ticks: Ticks) -> None:
        self._watchdog = watchdog
        self._ticks = ticks
        self._clock = UnwrappedClock(ticks.WRAP_US)
        self._checked_us = -1
        self._stopped = 0
        self.lock = LightLock.NONE

    def start(self) -> None:
        """Start the watchdog. Raises what the board raises: without a watchdog there is no camera."""
        self._watchdog.start(WATCHDOG_MS)

    def now_ms(self) -> int:
        """Milliseconds since the first call; raises what the board's counter raises."""
        return self._clock.feed(self._ticks.ticks_us()) // 1000

    def look(self) -> None:
        """Once in a check: has the clock moved since the last one?"""
        now_us = self._clock.now_us
        self._stopped = 0 if now_us != self._checked_us else self._stopped + 1
        self._checked_us = now_us
        self.lock = LightLock.CLOCK_STOPPED if self._stopped >= STOPPED_CHECKS else LightLock.NONE

    def feed(self) -> None:
        """All is well, or dark. Never raises: a watchdog that is not fed does what it is for."""
        if self._stopped:
            return
        try:
            self._watchdog.feed()
        except Exception:
            pass  # the reset will tell
