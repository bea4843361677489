"""A light and its surroundings as they are: enable line, driver, watchdog, tip. And parts that break.

The firmware's parts (`parts.py`) act on this; the judge reads it. Times are seconds of virtual time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

ZONES = 3
RAISE, NAK, HANG, LIE = "raise", "nak", "hang", "lie"


class Hung(SystemExit):
    """Nothing of this boot runs any more. (SystemExit: asyncio's tasks do not swallow it.)"""


class Reset(SystemExit):
    """The firmware pulls the reset line."""


@dataclass
class Hardware:
    """One camera's, over all its boots."""

    chance: random.Random
    now_s: float = 0.0
    line: bool = False
    currents_ua: list[int] = field(default_factory=lambda: [0] * ZONES)
    lit_since_s: float = 0.0
    faults: dict[str, str] = field(default_factory=dict)  # kind by call: "ring.apply", "sensors.tip" …
    hung: bool = False
    watchdog_s: float | None = None  # when it will bite
    watchdog_timeout_s: float = 0.0
    tip_mc: float | None = 34000
    has_second: bool = False  # a second thermometer
    second_mc: float | None = None
    die_mc: int | None = None
    unrest: int = 0  # the thermometers' last digit
    docked: bool = False
    suspended: bool = False
    ring_faults: int = 0
    told_mc: dict[str, float | None] = field(default_factory=dict)  # by thermometers that lie
    ahead_us: int = 0  # of the board's counter
    stopped_ticks: int | None = None

    @property
    def light_ua(self) -> list[int]:
        """What the zones give."""
        return list(self.currents_ua) if self.line else [0] * ZONES

    @property
    def lit(self) -> bool:
        """Is there any light?"""
        return self.line and any(self.currents_ua)

    def meet(self, call: str) -> str | None:
        """Carry out what is wrong with a call: raises, or returns "lie"; None if it works."""
        if self.hung:
            raise Hung
        kind = self.faults.get(call)
        if kind in (RAISE, NAK):
            raise OSError(5 if kind == RAISE else 19)
        if kind == HANG:
            self.hung = True
            raise Hung
        return kind

    def enable(self, on: bool) -> None:
        """The enable line. A call that raises or hangs may have done its work before."""
        was_lit = self.lit
        try:
            if self.broken_but_done("ring.enable"):
                self.line = on
            if self.meet("ring.enable") is None:
                self.line = on
        finally:
            self._note(was_lit)

    def _note(self, was_lit: bool) -> None:
        if self.lit and not was_lit:
            self.lit_since_s = self.now_s

    def apply(self, currents_ua: list[int]) -> None:
        """The driver's currents. A write that fails has reached some of the zones."""
        was_lit = self.lit
        try:
            if self.faults.get("ring.apply") in (RAISE, NAK, HANG) and not self.hung:
                for zone in range(self.chance.randint(0, ZONES)):
                    self.currents_ua[zone] = currents_ua[zone]
            if self.meet("ring.apply") is None:
                self.currents_ua = list(currents_ua)
        finally:
            self._note(was_lit)

    def broken_but_done(self, call: str) -> bool:
        """Does a call that fails all the same do what it should?"""
        return not self.hung and self.faults.get(call) in (RAISE, HANG) and self.chance.random() < 0.5

    def feed(self) -> None:
        """The watchdog, put off."""
        if self.meet("watchdog.feed") is None and self.watchdog_s is not None:
            self.watchdog_s = self.now_s + self.watchdog_timeout_s

    def reset(self) -> None:
        """In reset the line is low; the driver, a chip of its own, may keep its currents."""
        self.line = False
        if self.chance.random() < 0.5:
            self.currents_ua = [0] * ZONES
        self.hung = False
        self.watchdog_s = None
        for call, kind in list(self.faults.items()):
            if kind == HANG or self.chance.random() < 0.5:
                del self.faults[call]
        self.stopped_ticks = None if "ticks" not in self.faults else self.stopped_ticks
