"""The safety check: reads what there is to know, asks every limit, drives the ring, feeds the watchdog."""

from camera_app.hal import Ring, Sensors, Ticks, Watchdog
from camera_app.safety.currents import derate_permille, zone_current_ua
from camera_app.safety.deadman import Deadman
from camera_app.safety.demand import ZONES, Demand
from camera_app.safety.driver import DARK, RingDriver
from camera_app.safety.duty import DutyLimit
from camera_app.safety.heat import HeatLimit
from camera_app.safety.limits import DERATE_HYSTERESIS_MC, DERATE_MC, ZONE_MEAN_UA
from camera_app.safety.news import News
from camera_app.safety.surroundings import Surroundings
from camera_app.safety.thermometers import Thermometers
from oralcam_protocol.wire.enums import LightAlarm, LightLock

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

UNKNOWN_UA = ZONES * ZONE_MEAN_UA  # of a ring that nobody knows about


class Safety:
    """What is lit, and why not. `news` has what must be told; telling it is the caller's affair."""

    def __init__(self, ring: Ring, sensors: Sensors, watchdog: Watchdog, ticks: Ticks) -> None:
        self._ring = ring
        self._demand = Demand()
        self._thermometers = Thermometers(sensors)
        self._heat = HeatLimit()
        self._surroundings = Surroundings(sensors)
        self._duty = DutyLimit()
        self._driver = RingDriver(ring)
        self._deadman = Deadman(watchdog, ticks)
        # the first that has something to say is told
        self._limits = (
            self._deadman,
            self._heat,
            self._thermometers,
            self._surroundings,
            self._driver,
            self._duty,
        )
        self.news = News()
        self.lock = LightLock.NO_TEMPERATURE
        self.temperature_mc: "int | None" = None
        self.lit_ms = 0  # since start; what may have been lit counts
        self._metered_ms = -1
        self._cut = False

    # -- what is asked for ---------------------------------------------------------------------------

    @property
    def levels_permille(self) -> "list[int]":
        """As they were asked for."""
        return self._demand.levels_permille

    @property
    def steady(self) -> bool:
        """Is the ring to be lit between exposures?"""
        return self._demand.steady

    @property
    def currents_ua(self) -> "list[int]":
        """What the zones get now; 0 where nobody knows."""
        return (self._driver.applied or DARK) if self._driver.lit else DARK

    @property
    def failed_calls(self) -> int:
        """Calls of the ring that raised."""
        return self._driver.failed_calls

    def ask(self, levels_permille: "list[int]", steady: bool) -> None:
        """The host chose levels, 0..1000 a zone. They are what it can lower; no limit is."""
        levels = [level if 0 <= level <= 1000 else 0 for level in levels_permille]
        self._between(lambda now_ms: self._demand.ask(levels, steady, now_ms))

    def heard(self) -> None:
        """The host is alive."""
        try:
            self._demand.heard(self._deadman.now_ms())
        except Exception:
            pass  # without a clock it was not heard

    def host_gone(self) -> None:
        """The host said goodbye, or its link was closed."""
        self._demand.host_gone()
        self._between(None)

    def begin_exposure(self) -> bool:
        """Light up for an exposure; False if there is no light though some was asked for."""
        self._cut = False
        self._guarded(lambda: self._begin_exposure())
        return self._driver.lit or not any(self._demand.levels_permille)

    def end_exposure(self) -> bool:
        """Back to what it was; False if the light did not last for the whole of it."""
        whole = self._demand.exposing and not self._cut
        self._demand.exposing = False
        self._between(self._demand.end_exposure)
        return whole

    # -- the check -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Dark, then the watchdog, then the first check. Raises if there is no watchdog."""
        self._driver.forget()
        self._driver.darken()
        self._deadman.start()
        self.check()

    def check(self) -> None:
        """Every CHECK_MS, and nothing else feeds the watchdog. Never raises: what fails here is dark."""
        self._guarded(self._check)

    def _check(self) -> None:
        now_ms = self._deadman.now_ms()
        self._deadman.look()
        self._look(now_ms)
        self._driver.look()
        self._drive(now_ms)
        self._driver.judge(now_ms)
        self._settle_lock()
        if self._driver.obeys:
            self._deadman.feed()

    def _begin_exposure(self) -> None:
        now_ms = self._deadman.now_ms()
        self._demand.begin_exposure(now_ms)
        self._look(now_ms)
        self._drive(now_ms)

    def _between(self, change: "Callable[[int], None] | None") -> None:
        """Something else is asked for; what was read at the last check still counts."""

        def carry_out() -> None:
            now_ms = self._deadman.now_ms()
            if change is not None:
                change(now_ms)
            self._drive(now_ms)

        self._guarded(carry_out)

    def _guarded(self, do: "Callable[[], None]") -> None:
        try:
            do()
        except Exception:
            self._driver.forget()
            self._driver.darken()
            self._heat.reading(None, 0)  # nothing is known
            self._settle_lock()

    def _look(self, now_ms: int) -> None:
        self._demand.expire(now_ms, self.news.add)
        try:
            self.temperature_mc = self._thermometers.read(self.lit_ms)
        except Exception:
            self.temperature_mc = None
        self._heat.reading(self.temperature_mc, now_ms)
        self._surroundings.look()
        self._settle_lock()
        self._note_alarms()

    def _note_alarms(self) -> None:
        news = self.news
        warm_mc = DERATE_MC - (DERATE_HYSTERESIS_MC if news.on(LightAlarm.DERATED) else 0)
        reading_mc = self.temperature_mc
        news.when(LightAlarm.DERATED, not self.lock and reading_mc is not None and reading_mc > warm_mc)
        news.when(LightAlarm.LED_BROKEN, self._driver.faults & self._ring.OPEN != 0)

    def _settle_lock(self) -> None:
        before, self.lock = self.lock, LightLock.NONE
        for limit in self._limits:
            if limit.lock:
                self.lock = limit.lock
                break
        if self.lock != before:
            self.news.add(self.lock)

    def _drive(self, now_ms: int) -> None:
        self._meter(now_ms)
        lit = self._demand.wanted and not self.lock
        self._driver.drive(self._wanted_ua() if lit else DARK, now_ms)
        if not self._driver.lit and any(self._demand.levels_permille):
            self._cut = True

    def _meter(self, now_ms: int) -> None:
        """Count the light since the last call, at what was on all the time: it changes in `_drive` alone."""
        passed_ms = now_ms - self._metered_ms if self._metered_ms >= 0 else 0
        self._metered_ms = now_ms
        charge_uc = 0
        if not self._driver.dark:
            applied = self._driver.applied
            self.lit_ms += passed_ms
            charge_uc = (UNKNOWN_UA if applied is None else sum(applied)) * passed_ms // 1000
        self._duty.spend(charge_uc, now_ms)

    def _wanted_ua(self) -> "list[int]":
        if self.temperature_mc is None:
            return DARK
        left = derate_permille(self.temperature_mc)
        return [zone_current_ua(level, self._ring.rated_ua, left) for level in self._demand.levels_permille]
