"""How much current each zone of the ring gets, and when it gets none.

No request of a host reaches past this file: levels are capped here, and the lock is opened only by a
plausible temperature below the limit.
"""

from oralcam_protocol.wire.enums import LightLock

ZONES = 3
CAP_UA = 20000  # rated current of the ring's LEDs, a zone; a host can ask for less, never for more
# IEC 60601-1: above 41 °C an applied part's temperature has to be justified
OFF_MC = 41000
HYSTERESIS_MC = 3000
PLAUSIBLE_MC = (-20000, 85000)
HEARTBEAT_MS = 3000  # a host that was silent this long is gone: the ring goes dark
STEADY_LIMIT_MS = 120000  # steady light without any capture or light request


class LightGuard:
    """Keeps the ring off while it is too warm or nobody knows how warm. Locked until the first reading."""

    def __init__(self) -> None:
        self.lock = LightLock.NO_TEMPERATURE

    def temperature(self, reading_mc: "int | None") -> bool:
        """A reading, or None; returns True if the lock changed."""
        before = self.lock
        if reading_mc is None or not PLAUSIBLE_MC[0] <= reading_mc <= PLAUSIBLE_MC[1]:
            self.lock = LightLock.NO_TEMPERATURE
        elif reading_mc >= OFF_MC:
            self.lock = LightLock.TOO_WARM
        elif before == LightLock.NO_TEMPERATURE or reading_mc <= OFF_MC - HYSTERESIS_MC:
            self.lock = LightLock.NONE
        return self.lock != before

    def currents_ua(self, levels_permille: "list[int]", rated_ua: int) -> "list[int]":
        """Mean current of each zone for these levels, within the cap; all 0 while locked."""
        if self.lock != LightLock.NONE:
            return [0] * len(levels_permille)
        return [min(CAP_UA, rated_ua * min(level, 1000) // 1000) for level in levels_permille]


class RingState:
    """What the ring was asked to do, and whether it should be lit now."""

    def __init__(self, levels_permille: "list[int]") -> None:
        self.levels_permille = levels_permille
        self.steady = False
        self._exposing = 0
        self._asked_ms = 0
        self._heard_ms = 0

    def ask(self, levels_permille: "list[int]", steady: bool, now_ms: int) -> None:
        """The host chose levels."""
        self.levels_permille = levels_permille
        self.steady = steady
        self._asked_ms = self._heard_ms = now_ms

    def heard(self, now_ms: int) -> None:
        """The host is alive."""
        self._heard_ms = now_ms

    def host_gone(self) -> None:
        """The host said goodbye: no steady light; the levels stay for the next exposure."""
        self.steady = False

    def exposing(self, begins: bool, now_ms: int) -> None:
        """An exposure begins or ended: it is lit whether or not the light is steady."""
        self._exposing += 1 if begins else -1
        self._asked_ms = now_ms

    def lit(self, now_ms: int) -> bool:
        """Should the ring be lit? Steady light ends by itself when the host is silent or nothing is taken."""
        if self.steady and (
            now_ms - self._heard_ms > HEARTBEAT_MS or now_ms - self._asked_ms > STEADY_LIMIT_MS
        ):
            self.steady = False
        return self._exposing > 0 or self.steady
