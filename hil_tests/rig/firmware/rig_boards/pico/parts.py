"""Contacts, light sensors, thermometer and time on an RP2040's pins."""

import asyncio
import time

import machine  # type: ignore[import-not-found]  # MicroPython's

from camera_app.hal import Ticks
from rig_app import hal

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

REFERENCE_MV = 3300  # of the ADC
FULL_SCALE = 65535
TURN_US = 2000  # how long light is sampled before others get their turn

# TMP117: TI SNOSD82D, register map
TMP117 = 0x48
TEMPERATURE, ID = 0x00, 0x0F
ID_MASK, TMP117_ID = 0x0FFF, 0x0117
NOT_READY = 0x8000


class PicoTicks(Ticks):
    """MicroPython's microsecond counter, whose period is 2^30 too."""

    def ticks_us(self) -> int:
        """Microseconds, wrapping."""
        return time.ticks_us() % self.WRAP_US  # type: ignore[attr-defined,no-any-return]


class PinContact(hal.Contact):
    """A pin that closes a contact when it is high. `settle_s`: until a relay's contact has moved."""

    def __init__(self, pin: int, ticks: Ticks, *, on: bool = False, settle_s: float = 0.001) -> None:
        self._pin = machine.Pin(pin, machine.Pin.OUT, value=int(on))
        self._ticks = ticks
        self._settle_s = settle_s

    async def set(self, on: bool) -> int:
        """Switch it."""
        self._pin.value(int(on))
        at = self._ticks.ticks_us()
        await asyncio.sleep(self._settle_s)
        return at

    def off_at_once(self) -> None:
        """Open it."""
        self._pin.value(0)


class AdcLight(hal.LightSensors):
    """Photodiodes with their amplifiers at the ADC's pins."""

    def __init__(self, pins: "tuple[int, ...]", ticks: Ticks) -> None:
        self._inputs = [machine.ADC(machine.Pin(pin)) for pin in pins]
        self._ticks = ticks

    def read(self) -> "list[int]":
        """Millivolts."""
        return [source.read_u16() * REFERENCE_MV // FULL_SCALE for source in self._inputs]

    async def watch(self, take: "Callable[[int, list[int]], bool]") -> None:
        """Some ten microseconds between two samples."""
        while True:
            began = self._ticks.ticks_us()
            at = began
            while (at - began) % self._ticks.WRAP_US < TURN_US:
                at = self._ticks.ticks_us()
                if take(at, self.read()):
                    return
            await asyncio.sleep(0)


class Tmp117Thermometer(hal.Thermometer):
    """Asked anew each time: a sensor that was unplugged is found again."""

    def __init__(self, sda: int, scl: int) -> None:
        self._bus = machine.I2C(0, sda=machine.Pin(sda), scl=machine.Pin(scl), freq=400000)

    def read_mc(self) -> "int | None":
        """None if it is another chip, not ready, or not there."""
        try:
            if self._register(ID) & ID_MASK != TMP117_ID:
                return None
            raw = self._register(TEMPERATURE)
        except OSError:
            return None
        if raw == NOT_READY:
            return None
        return (raw - (1 << 16) if raw & 0x8000 else raw) * 1000 >> 7

    def _register(self, number: int) -> int:
        return int.from_bytes(self._bus.readfrom_mem(TMP117, number, 2), "big")
