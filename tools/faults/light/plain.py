"""An hour on the plain values: `camera_app.safety` alone, its host, and whatever befalls it."""

from __future__ import annotations

from camera_app.safety.safety import Safety
from tools.faults.light.faults import Weather, new_hardware
from tools.faults.light.hardware import Hung
from tools.faults.light.judge import Judge
from tools.faults.light.parts import Ring, Sensors, Ticks, Watchdog

HOUR_S = 3600.0
BOOT_S = 0.5
RATINGS_UA = (20_000, 20_000, 5_000, 60_000, -20_000, 0)
LEVELS: tuple[float, ...] = (0, 1, 600, 1000, 2000, 65_535, -500, float("nan"))
HOST_SILENT, IDLE, EXPOSURE_TOO_LONG = 32, 33, 34  # LightAlarm


class PlainRun:
    """One seed."""

    def __init__(self, seed: str) -> None:
        self.hardware = new_hardware(seed)
        self.chance = self.hardware.chance
        self.judge = Judge(self.hardware)
        self.weather = Weather(self.hardware, self.judge.clock_jumped)
        self._rated_ua = self.chance.choice(RATINGS_UA)
        self._began_s = self.hardware.now_s
        self._alive = False
        self._boot()

    def _boot(self) -> None:
        hardware = self.hardware
        parts = (Ring(hardware, self._rated_ua), Sensors(hardware), Watchdog(hardware), Ticks(hardware))
        self.safety = Safety(*parts)
        self._told_s: dict[int, float] = {}  # when a code was told last
        self._lock_told: int | None = None
        self._steady = False
        self._heard_s = self._asked_s = hardware.now_s
        self._exposing_s: float | None = None
        self._guarded(self.safety.start)

    def carry_out(self) -> list[str]:
        """The hour; what was not as it must be."""
        while self.hardware.now_s < self._began_s + HOUR_S and not self.judge.complaints:
            self._guarded(self._turn)
            quick = self.chance.random() < 0.5
            for _ in range(self.chance.randint(1, 12 if quick else 50)):
                self._step(self.chance.choice((0.1, 0.1, 0.3)) if quick else 1.0)
        return self.judge.complaints

    def _turn(self) -> None:
        """Somebody does something."""
        chance = self.chance
        what = chance.randrange(10)
        if what < 3:
            self.weather.turn()
        elif what < 6:
            self._ask()
        elif what == 6:
            for _ in range(chance.choice((1, 1, 50))):
                self._expose()
        elif what == 7:
            self._alive = not self._alive
        elif what == 8:
            self.safety.host_gone()
            self._steady = False
        else:
            self._end_exposure()

    def _ask(self) -> None:
        levels = [self.chance.choice(LEVELS) for _ in range(3)]
        steady = self.chance.random() < 0.8
        self._heard_s = self._asked_s = self.hardware.now_s
        self._alive = True
        self.safety.ask(levels, steady)  # type: ignore[arg-type]  # whatever a service hands on
        if "ticks" not in self.hardware.faults:  # without a clock it cannot be asked
            self._steady = steady

    def _expose(self) -> None:
        self._exposing_s = self._asked_s = self.hardware.now_s
        lit = self.safety.begin_exposure()
        if "ticks" in self.hardware.faults:
            self._exposing_s = None
        elif (
            lit
            and self._whole_levels
            and self._rated_ua > 0
            and not self.hardware.lit
            and not self.hardware.faults
        ):
            self.judge.complain("an exposure without the light that was reported")
        if self.chance.random() < 0.7:
            self._end_exposure()

    def _end_exposure(self) -> None:
        if self._exposing_s is not None:
            self._asked_s = self.hardware.now_s
            self._exposing_s = None
            self.safety.end_exposure()

    def _step(self, seconds: float) -> None:
        """Time passes, then the firmware checks."""
        hardware = self.hardware
        self.judge.pass_time(seconds)
        hardware.now_s += seconds
        self.weather.pass_time()
        if self._alive:
            self._heard_s = hardware.now_s
            self._guarded(self.safety.heard)
        if not self._guarded(self._check):
            return
        if hardware.watchdog_s is not None and hardware.now_s >= hardware.watchdog_s:
            self._reset()
        self._judge()

    def _check(self) -> None:
        self.safety.check()
        self.safety.news.tell(self._tell)

    def _tell(self, code: int) -> None:
        self._told_s[code] = self.hardware.now_s
        if code in (HOST_SILENT, IDLE):
            self._steady = False
        if code < HOST_SILENT:
            self._lock_told = code

    def _judge(self) -> None:
        now_s = self.hardware.now_s
        exposing_s = -1.0 if self._exposing_s is None else now_s - self._exposing_s
        gone_s = now_s - self._heard_s if self._steady else HOUR_S
        self.judge.after_check(self.safety.lock, self._lock_told, gone_s, exposing_s)
        if "ticks" in self.hardware.faults:
            return
        if exposing_s > 4.0 and not self._told_since(self._exposing_s, EXPOSURE_TOO_LONG):
            self.judge.complain("an exposure that did not end was not told")
        if self._steady and gone_s > 6.0:
            self.judge.complain("a silent host was not told")
        if self._steady and now_s - self._asked_s > 124.0 and exposing_s < 0 and self.hardware.lit:
            self.judge.complain("steady light without a photo")
        wanted = self._steady and self.safety.steady and self._rated_ua > 0 and self._whole_levels
        self.judge.liveness(bool(wanted), self.safety.lock)

    def _told_since(self, since_s: float | None, code: int) -> bool:
        return since_s is None or self._told_s.get(code, -1.0) >= since_s

    @property
    def _whole_levels(self) -> bool:
        return any(20 <= level <= 1000 for level in self.safety.levels_permille)

    def _guarded(self, do: object) -> bool:
        """False if the firmware stopped there, and was reset."""
        try:
            do()  # type: ignore[operator]
        except Hung:
            self._wait_for_watchdog()
            return False
        return True

    def _wait_for_watchdog(self) -> None:
        hardware = self.hardware
        self.judge.hung(hardware.now_s)
        while hardware.watchdog_s is not None and hardware.now_s < hardware.watchdog_s:
            self.judge.pass_time(0.1)
            hardware.now_s += 0.1
        if hardware.watchdog_s is None and hardware.lit:
            self.judge.complain("stopped with light, and no watchdog")
        self._reset()

    def _reset(self) -> None:
        self.hardware.reset()
        self.judge.was_reset()
        self.judge.pass_time(BOOT_S)
        self.hardware.now_s += BOOT_S
        if self.hardware.lit:
            self.judge.complain("light in reset")
        self._boot()


def simulate(seed: str) -> list[str]:
    """One hour; its complaints."""
    return PlainRun(seed).carry_out()
