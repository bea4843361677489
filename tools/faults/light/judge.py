"""Is the light as it may be? Every number is written out: one that is changed in the firmware is noticed.

After each check of the firmware's, for every cause that has lasted since before it: no light. Beside that, at
every moment: no zone beyond its cap. And what happened must have been told.
"""

from __future__ import annotations

from collections import deque

from tools.faults.light.hardware import LIE, Hardware

ZONE_CAP_UA = 20_000
DUTY_UC = 25_200_000  # 42 mA over ten minutes
WINDOW_S = 600.0
WATCHDOG_S = 8.0
FROZEN_S = 60.0
FAULT_HOLD_S = 64.0
UNREST_MC = 8
READS = ("sensors.tip", "sensors.second", "sensors.die")

# numbers of LightLock, by cause
CODES = {
    "hot": {1, 2, 3, 5},
    "unknown": {2, 5},
    "disagree": {5, 2, 1, 3},
    "chip": {6, 2},
    "docked": {9},
    "suspended": {10, 9},  # what cannot be read counts as docked
    "ring": {8},
}
HEATING = 3  # a leap of the drawn temperature is no rise that a tip could have
LATER = {1, 3, 4, 7, 8, 11}  # locks that come when something has lasted, or has failed


class Judge:
    """One hour's. `complaints` is empty if all was as it must be."""

    def __init__(self, hardware: Hardware) -> None:
        self.complaints: list[str] = []
        self.lit_s = 0.0  # in all
        self._hardware = hardware
        self._flows: deque[tuple[float, float]] = deque()  # until when, microcoulombs
        self._flown_uc = 0.0
        self._step_s = 0.0
        self._lock = 0
        self._frozen_s = 0.0
        self._quiet_since_s = hardware.now_s  # nothing has been wrong since

    def complain(self, what: str) -> None:
        """Something is not as it must be."""
        if len(self.complaints) < 5:
            self.complaints.append(f"at {self._hardware.now_s:.2f} s: {what}")

    def clock_jumped(self) -> None:
        """The camera's time is another one now: its window is not ours.

        A reading that has stayed the same since just before the leap counts as stuck until it moves.
        """
        self._flows.clear()
        self._flown_uc = 0.0
        self._quiet_since_s = self._hardware.now_s

    def was_reset(self) -> None:
        """The budget is not kept over a reset (docs/safety.md)."""
        self.clock_jumped()
        self._frozen_s = 0.0
        self._quiet_since_s = self._hardware.now_s

    def pass_time(self, seconds: float) -> None:
        """So long the light has been as it is now."""
        hardware = self._hardware
        self.look()
        self.lit_s += seconds * hardware.lit
        light_ua = sum(hardware.light_ua)
        charge = light_ua * seconds  # uA x s = uC
        self._flows.append((hardware.now_s + seconds, charge))
        self._flown_uc += charge
        while self._flows and self._flows[0][0] <= hardware.now_s + seconds - WINDOW_S:
            self._flown_uc -= self._flows.popleft()[1]
        self._step_s = max(seconds, 0.1)
        allowed_uc = DUTY_UC + 60_000 * 2 * self._step_s + 1
        if self._flown_uc > allowed_uc and hardware.watchdog_s is not None and not self._stopped:
            self.complain(f"{self._flown_uc / 1e6:.2f} C in ten minutes")
        lies = hardware.faults.get("sensors.tip") == LIE
        self._frozen_s = self._frozen_s + seconds * hardware.lit if lies else 0.0
        if self._frozen_s > FROZEN_S + 2.5 and hardware.lit and not self._stopped:
            self.complain("lit although the thermometer is stuck")

    @property
    def _stopped(self) -> bool:
        """Has the firmware stopped, or its clock? Then the watchdog is what counts."""
        faults = self._hardware.faults
        return self._hardware.hung or "ticks" in faults

    def look(self) -> None:
        """At any moment."""
        for zone, current_ua in enumerate(self._hardware.light_ua):
            if not 0 <= current_ua <= ZONE_CAP_UA:
                self.complain(f"zone {zone} has {current_ua} uA")

    def causes(self) -> dict[str, bool]:
        """What forbids light now."""
        hardware, faults = self._hardware, self._hardware.faults
        there = ["tip", "second"] if hardware.has_second else ["tip"]
        readings = [hardware.tip_mc, hardware.second_mc] if hardware.has_second else [hardware.tip_mc]
        readable = [mc for mc in readings if mc is not None]
        lies = any(faults.get(f"sensors.{name}") == LIE for name in there)
        raises = any(faults.get(f"sensors.{name}") not in (None, LIE) for name in [*there, "die"])
        unknown = raises or (
            not lies and (None in readings or not all(-20_000 <= mc <= 85_000 for mc in readable))
        )
        difference = max(readable, default=0) - min(readable, default=0)
        ring_tells = hardware.ring_faults & 6 and faults.get("ring.faults") is None
        return {
            "hot": not unknown and not lies and max(readable) >= 41_000 + UNREST_MC,
            "unknown": unknown,
            "disagree": not unknown and not lies and difference > 3_000 + 2 * UNREST_MC,
            "chip": not unknown and (hardware.die_mc or 0) >= 85_000 and faults.get("sensors.die") is None,
            "docked": hardware.docked and faults.get("sensors.docked") != LIE,
            "suspended": hardware.suspended and faults.get("sensors.suspended") != LIE,
            "ring": bool(ring_tells),
        }

    def after_check(self, lock: int, told: int | None, host_gone_s: float, exposing_s: float) -> None:
        """The firmware has just checked; `told` is the last lock that was announced.

        `host_gone_s`: for how long steady light has had no host; `exposing_s`: the age of the exposure.
        """
        hardware = self._hardware
        self.look()
        causes = {cause for cause, there in self.causes().items() if there}
        if causes and hardware.lit and self._can_go_dark():
            self.complain(f"lit in spite of {sorted(causes)}")
        if causes and not self._stopped:
            right = {code for cause in causes for code in CODES[cause]} | LATER | self._of_broken_sensors()
            if lock == 0 or (self._lock == 0 and lock not in right):
                self.complain(f"lock {lock} in spite of {sorted(causes)}")
        self._lock = lock
        if told is not None and told != lock and not self._stopped:
            self.complain(f"lock {lock} was told as {told}")
        if hardware.lit and self._can_go_dark() and not self._stopped:
            if host_gone_s > 3.0 + 2 * self._step_s and exposing_s < 0:
                self.complain(f"steady light {host_gone_s:.1f} s after the host was heard")
            if exposing_s > 1.0 + 2 * self._step_s and host_gone_s > 3.0 + 2 * self._step_s:
                self.complain(f"light for an exposure of {exposing_s:.1f} s")
        self._judge_derating()

    def _of_broken_sensors(self) -> set[int]:
        """Return the locks that may stand because a sensor raises or lies, whatever else is the matter."""
        faults = self._hardware.faults
        codes = set(CODES["unknown"] | CODES["chip"]) if any(call in faults for call in READS) else set()
        if "sensors.docked" in faults or "sensors.suspended" in faults:
            codes |= CODES["suspended"]
        return codes

    def _judge_derating(self) -> None:
        hardware = self._hardware
        faults = hardware.faults
        if hardware.tip_mc is None or hardware.tip_mc <= 38_020 or self._stopped:
            return
        if any(call in faults for call in ("ring.apply", "ring.enable", *READS)):
            return  # three failures or a second of refreshing: then it is dark or right
        left = max(0.0, 1 - 0.75 * (hardware.tip_mc - 40 - 38_000) / 3000)
        if max(hardware.light_ua) > ZONE_CAP_UA * left + 1:
            self.complain(f"{max(hardware.light_ua)} uA at {hardware.tip_mc / 1000:.1f} °C")

    def _can_go_dark(self) -> bool:
        """One fault at a time, as IEC 60601-1 has it: not both ways of going dark at once."""
        faults = self._hardware.faults
        return not self._hardware.hung and not ("ring.apply" in faults and "ring.enable" in faults)

    def hung(self, since_s: float) -> None:
        """The firmware has stopped: is the watchdog there?"""
        hardware = self._hardware
        if hardware.watchdog_s is None:
            if hardware.lit:
                self.complain("stopped with light and without a watchdog")
        elif hardware.watchdog_s - since_s > WATCHDOG_S + 0.01:
            self.complain(f"the watchdog takes {hardware.watchdog_s - since_s:.1f} s")

    def liveness(self, wanted: bool, lock: int) -> None:
        """Nothing has been wrong for a while, light is asked for: then there must be some."""
        hardware = self._hardware
        apart_mc = abs((hardware.tip_mc or 0) - (hardware.second_mc or 0))
        wrong = (
            bool(hardware.faults)
            or lock == HEATING
            or apart_mc > 1_900
            or any(self.causes().values())
            or (hardware.tip_mc or 0) > 37_900
            or (hardware.die_mc or 0) > 80_000
        )
        if wrong or self._flown_uc > DUTY_UC * 0.8 or not wanted:
            self._quiet_since_s = hardware.now_s
        elif hardware.now_s - self._quiet_since_s > FAULT_HOLD_S + 6.0 and not hardware.lit:
            self.complain(f"dark for no reason, lock {lock}")
            self._quiet_since_s = hardware.now_s
