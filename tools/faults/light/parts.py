"""`camera_app.hal` over the hardware: what the firmware sees of it."""

from __future__ import annotations

from camera_app import hal
from tools.faults.light.hardware import Hardware


class Ring(hal.Ring):
    """The ring."""

    def __init__(self, hardware: Hardware, rated_ua: int) -> None:
        self.rated_ua = rated_ua
        self._hardware = hardware

    def enable(self, on: bool) -> None:
        self._hardware.enable(on)

    def apply(self, currents_ua: list[int]) -> None:
        self._hardware.apply(currents_ua)

    def faults(self) -> int:
        lies = self._hardware.meet("ring.faults") is not None
        return 0 if lies else self._hardware.ring_faults


class Sensors(hal.Sensors):
    """Thermometers and the rest; one that lies tells what it told before."""

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware
        self.has_second = hardware.has_second

    def tip_temperature_mc(self) -> int | None:
        return self._told("tip", self._hardware.tip_mc, self._hardware.unrest)

    def second_temperature_mc(self) -> int | None:
        return self._told("second", self._hardware.second_mc, -self._hardware.unrest)

    def die_temperature_mc(self) -> int | None:
        return self._told("die", self._hardware.die_mc, 0)

    def _told(self, name: str, is_mc: float | None, unrest: int) -> int | None:
        hardware = self._hardware
        if hardware.meet(f"sensors.{name}") is None or name not in hardware.told_mc:
            hardware.told_mc[name] = None if is_mc is None else is_mc + unrest
        told = hardware.told_mc[name]
        return None if told is None else int(told)

    def supply_mv(self) -> int:
        return 5000

    def docked(self) -> bool:
        return self._hardware.meet("sensors.docked") is None and self._hardware.docked

    def suspended(self) -> bool:
        return self._hardware.meet("sensors.suspended") is None and self._hardware.suspended


class Watchdog(hal.Watchdog):
    """The watchdog."""

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware

    def start(self, timeout_ms: int) -> None:
        hardware = self._hardware
        hardware.watchdog_timeout_s = timeout_ms / 1000
        hardware.watchdog_s = hardware.now_s + timeout_ms / 1000

    def feed(self) -> None:
        self._hardware.feed()


class Ticks(hal.Ticks):
    """The counter: it wraps, jumps ahead, stands still (a lie)."""

    def __init__(self, hardware: Hardware) -> None:
        self._hardware = hardware

    def ticks_us(self) -> int:
        hardware = self._hardware
        now = (round(hardware.now_s * 1e6) + hardware.ahead_us) % self.WRAP_US
        if hardware.meet("ticks") is None:
            hardware.stopped_ticks = None
            return now
        if hardware.stopped_ticks is None:
            hardware.stopped_ticks = now
        return hardware.stopped_ticks
