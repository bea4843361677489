"""Drives the ring: by its driver's currents and by the enable line, of which each alone makes it dark.

What was applied is known only after the call has returned. What is not known is driven again at every check.
"""

from camera_app.hal import Ring
from camera_app.safety.limits import FAILURES_MAX, FAULT_HOLD_MAX_MS, FAULT_HOLD_MS, REFRESH_MS, ZONE_PEAK_UA
from oralcam_protocol.wire.enums import LightLock

DARK = [0, 0, 0]


class RingDriver:
    """`lock` is RING_FAULT after FAILURES_MAX checks that failed, until the ring has obeyed for a while.

    `look`, `drive` and `judge` make a check; `drive` may be called in between. None of them raises.
    """

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self.lock = LightLock.NONE
        self.faults = 0  # what the driver chip itself reports: hal.Ring.OPEN and others
        self.failed_calls = 0
        self.applied: "list[int] | None" = None  # None: unknown
        self._line: "bool | None" = None
        self._failed = False  # anything since the last `judge`
        self._failures = 0  # checks in a row
        self._applied_ms = 0
        self._disobeyed_ms = 0
        self._hold_ms = FAULT_HOLD_MS

    @property
    def obeys(self) -> bool:
        """Is the enable line as it must be? Where even that is not known, only a reset helps."""
        return self._line is False or self.lit

    @property
    def dark(self) -> bool:
        """Is it certain that there is no light? Either way of making it dark is enough."""
        return self._line is False or self.applied == DARK

    @property
    def lit(self) -> bool:
        """Is it certain that there is light as it was asked for?"""
        return self._line is True and self.applied is not None and self.applied != DARK

    def look(self) -> None:
        """Ask the chip what it has to report."""
        try:
            self.faults = self._ring.faults()
        except Exception:
            self._count_failure()

    def drive(self, currents_ua: "list[int]", now_ms: int) -> None:
        """Give the zones these currents, none while `lock` stands."""
        if self.lock or currents_ua == DARK:
            self.darken()
            return
        due = now_ms - self._applied_ms >= REFRESH_MS
        if self._apply(currents_ua, now_ms, due):
            self._set_line(True, due)

    def darken(self) -> None:
        """Both ways, and the line first: it needs no bus."""
        self._set_line(False, False)
        self._apply(DARK, self._applied_ms, False)

    def forget(self) -> None:
        """Nothing is known any more: the next call drives everything again."""
        self._line = self.applied = None

    def judge(self, now_ms: int) -> None:
        """End a check: too many failures, or what the chip reports, and there is no light any more."""
        ring = self._ring
        self._failures = self._failures + 1 if self._failed else 0
        self._failed = False
        broken = self.faults & (ring.SHORT | ring.HOT) or not 0 < ring.peak_ua <= ZONE_PEAK_UA
        if broken or self._failures:
            self._disobeyed_ms = now_ms
        if broken or self._failures >= FAILURES_MAX:
            self.lock = LightLock.RING_FAULT
            self.darken()
        obeyed_ms = now_ms - self._disobeyed_ms
        if self.lock and obeyed_ms >= self._hold_ms:
            self.lock = LightLock.NONE
            self._hold_ms = min(2 * self._hold_ms, FAULT_HOLD_MAX_MS)
        elif obeyed_ms >= FAULT_HOLD_MAX_MS:
            self._hold_ms = FAULT_HOLD_MS

    def _apply(self, currents_ua: "list[int]", now_ms: int, due: bool) -> bool:
        """Is it applied? What is known is done again only if that is due."""
        if currents_ua == self.applied and not due:
            return True
        self.applied = None
        self._applied_ms = now_ms
        try:
            self._ring.apply(currents_ua)
        except Exception:
            self._count_failure()
            return False
        self.applied = currents_ua
        return True

    def _set_line(self, on: bool, due: bool) -> None:
        if self._line is on and not due:
            return
        self._line = None
        try:
            self._ring.enable(on)
        except Exception:
            self._count_failure()
            return
        self._line = on

    def _count_failure(self) -> None:
        self._failed = True
        self.failed_calls += 1
