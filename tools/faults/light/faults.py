"""What befalls the light in an hour: drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from tools.faults.light.hardware import HANG, LIE, NAK, RAISE, Hardware

CALLS = (
    "ring.apply",
    "ring.enable",
    "ring.faults",
    "sensors.tip",
    "sensors.second",
    "sensors.die",
    "sensors.docked",
    "sensors.suspended",
    "watchdog.feed",
    "ticks",
)
READINGS_MC: tuple[float | None, ...] = (
    None,
    -40_000,
    200_000,
    37_000,
    38_500,
    40_000,
    40_999,
    41_000,
    45_000,
    84_000,
)
BODY_MC = 34_000


class Weather:
    """Changes the hardware and its surroundings, one thing at a time."""

    def __init__(self, hardware: Hardware, jumped: Callable[[], None]) -> None:
        self._hardware = hardware
        self._chance = hardware.chance
        self._jumped = jumped
        self._turns: tuple[tuple[int, Callable[[], None]], ...] = (
            (8, self._break),
            (10, self._mend),
            (6, self._warm),
            (6, self._cool),
            (2, self._second),
            (2, self._chip),
            (2, self._dock),
            (2, self._suspend),
            (2, self._driver),
            (1, self._jump),
            (1, self._all_well),
        )

    def turn(self) -> None:
        """Something happens."""
        weights = [weight for weight, _ in self._turns]
        self._chance.choices(self._turns, weights)[0][1]()

    def pass_time(self) -> None:
        """Light warms the tip, and the last digit of a reading is never still."""
        self._hardware.unrest = self._chance.choice((0, 8))

    def _break(self) -> None:
        kind = self._chance.choices((RAISE, NAK, LIE, HANG), (4, 3, 3, 1))[0]
        call = self._chance.choice(CALLS)
        both = {"ring.apply", "ring.enable"}
        faults = self._hardware.faults
        if call in both and kind == LIE and (both - {call}) & set(faults):
            return  # one fault at a time: a lie beside it would be a second
        if call in both and LIE in [faults.get(other) for other in both - {call}]:
            return
        faults[call] = kind

    def _mend(self) -> None:
        self._hardware.faults.clear()

    def _warm(self) -> None:
        self._hardware.tip_mc = self._chance.choice(READINGS_MC)
        if self._chance.random() < 0.8:
            self._hardware.second_mc = self._hardware.tip_mc

    def _cool(self) -> None:
        self._hardware.tip_mc = self._chance.choice((BODY_MC, 36_000, 37_800))
        self._hardware.second_mc = self._hardware.tip_mc

    def _second(self) -> None:
        if self._hardware.tip_mc is not None:
            self._hardware.second_mc = self._hardware.tip_mc + self._chance.choice((0, 2_500, 3_500, -5_000))

    def _chip(self) -> None:
        self._hardware.die_mc = self._chance.choice((60_000, 60_000, 84_999, 85_000, 120_000))

    def _dock(self) -> None:
        self._hardware.docked = not self._hardware.docked

    def _suspend(self) -> None:
        self._hardware.suspended = not self._hardware.suspended

    def _driver(self) -> None:
        self._hardware.ring_faults = self._chance.choice((0, 0, 1, 2, 4))

    def _jump(self) -> None:
        self._hardware.ahead_us += self._chance.randrange(1, 400_000_000)
        self._jumped()

    def _all_well(self) -> None:
        hardware = self._hardware
        hardware.faults.clear()
        hardware.docked = hardware.suspended = False
        hardware.ring_faults = 0
        hardware.die_mc = 60_000
        self._cool()


def new_hardware(seed: str) -> Hardware:
    """A camera that has just been switched on, with one thermometer or two."""
    chance = random.Random(f"light {seed}")
    has_second = chance.random() < 0.5
    return Hardware(chance, now_s=chance.uniform(0, 2000), has_second=has_second, second_mc=BODY_MC)
