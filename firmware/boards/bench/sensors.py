"""Thermometers, supply, dock and bus state: the bench sets what they measure.

A real thermometer's last digit is never still, least of all beside LEDs. Here it moves once in UNREST_MS of
light, so that short tests read what they have set.
"""

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from boards.bench.ring import BenchRing
from camera_app import hal

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

AT_START = {
    "tip_temperature_mc": 34000,
    "second_temperature_mc": None,
    "die_temperature_mc": None,
    "supply_mv": 5000,
    "docked": 0,
    "suspended": 0,
}
UNREST_MS = 20000
STEP_MC = 8  # a TMP117's


class BenchSensors(hal.Sensors):
    """A thermometer that lies tells forever what it told last."""

    def __init__(self, channel: Channel, faults: Faults, ring: BenchRing, ticks: hal.Ticks) -> None:
        self._faults = faults
        self._ring = ring
        self._ticks = ticks
        self._looked_us = ticks.ticks_us()
        self._lit_ms = 0
        self._moved = False
        self._world: "dict[str, int | None]" = dict(AT_START)
        self._told: "dict[str, int | None]" = {}
        for word in AT_START:
            channel.listeners[word] = self._setter(word)

    def _setter(self, word: str) -> "Callable[[int | None], None]":
        def set(value: "int | None") -> None:
            self._world[word] = value
            if word == "second_temperature_mc":
                self.has_second = True  # a bench that has set it once has mounted it

        return set

    def _read(self, word: str) -> "int | None":
        if not self._faults.meet("sensors." + word) or word not in self._told:
            self._told[word] = self._world[word]
        return self._told[word]

    def _read_tip(self, word: str) -> "int | None":
        now_us = self._ticks.ticks_us()
        if self._ring.lit:
            self._lit_ms += (now_us - self._looked_us) % self._ticks.WRAP_US // 1000
        self._looked_us = now_us
        if self._lit_ms >= UNREST_MS:
            self._lit_ms = 0
            self._moved = not self._moved
        lies = self._faults.meet("sensors." + word) and word in self._told
        if not lies:
            set_mc = self._world[word]
            self._told[word] = None if set_mc is None else set_mc + STEP_MC * self._moved
        return self._told[word]

    def tip_temperature_mc(self) -> "int | None":
        """As the bench set it, and a little unrest."""
        return self._read_tip("tip_temperature_mc")

    def second_temperature_mc(self) -> "int | None":
        """As the bench set it, and a little unrest."""
        return self._read_tip("second_temperature_mc")

    def die_temperature_mc(self) -> "int | None":
        """As the bench set it."""
        return self._read("die_temperature_mc")

    def supply_mv(self) -> int:
        """As the bench set it."""
        return self._read("supply_mv") or 0

    def docked(self) -> bool:
        """As the bench set it."""
        return bool(self._read("docked"))

    def suspended(self) -> bool:
        """As the bench set it."""
        return bool(self._read("suspended"))
