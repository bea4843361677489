"""The Pico as a rig controller."""

import asyncio
import os

import machine  # type: ignore[import-not-found]  # MicroPython's

from oralcam_protocol.wire.enums import ResetCause
from rig_app import hal
from rig_boards.pico import pins
from rig_boards.pico.link import StdioLink
from rig_boards.pico.parts import AdcLight, PicoTicks, PinContact, Tmp117Thermometer

WATCHDOG_MS = 8000  # the RP2040's longest is 8388
FEED_S = 1


class PicoRigBoard(hal.RigBoard):
    """After a reset: button up, heater off, camera powered."""

    name = "rig-pico"

    def __init__(self) -> None:
        self.ticks = PicoTicks()
        self.button = PinContact(pins.BUTTON, self.ticks)
        self.heater = PinContact(pins.HEATER, self.ticks)
        self.power = PinContact(pins.POWER, self.ticks, on=True)
        service = machine.Pin(pins.SERVICE, machine.Pin.IN, machine.Pin.PULL_UP)
        if not service.value():
            raise SystemExit("service pin is low: the REPL is yours")
        self.light = AdcLight(pins.LIGHT, self.ticks)
        self.thermometer = Tmp117Thermometer(pins.SDA, pins.SCL)
        self.serial_number = "".join(["{:02X}".format(byte) for byte in machine.unique_id()])
        self.reset_cause = _reset_cause()
        self.link = StdioLink()

    def random_u32(self) -> int:
        """From the ring oscillator."""
        return int.from_bytes(os.urandom(4), "little")

    async def run(self) -> None:
        """A stuck loop must not leave the heater on: the watchdog resets the board, and pins are off then."""
        watchdog = machine.WDT(timeout=WATCHDOG_MS)
        while True:
            watchdog.feed()
            await asyncio.sleep(FEED_S)


def _reset_cause() -> int:
    cause = machine.reset_cause()
    if cause == getattr(machine, "WDT_RESET", -1):
        return ResetCause.WATCHDOG
    return ResetCause.POWER_ON if cause == getattr(machine, "PWRON_RESET", -1) else ResetCause.UNKNOWN
