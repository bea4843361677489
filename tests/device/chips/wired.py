"""Chips wired up as a board would wire them."""

from camera_app import hal
from drivers.enable_line import EnableLine
from drivers.i2c_bus import I2CBus
from drivers.pca9955b import PCA9955B
from drivers.pca9955b_ring import PCA9955BRing
from drivers.tmp117 import Tmp117
from tests.device.chips import pca9955b, tmp117
from tests.device.chips.bus import I2C
from tests.device.chips.lines import Scl, Sda
from tests.device.chips.pin import Pin

RING, THERMOMETER = 0x5E, 0x48
ZONES = ((0, 1, 2, 3), (4, 5), (14, 15))
ZONE_CAP_UA, CHANNEL_CAP_UA = 20000, 10000
LIMIT_MC, RELEASE_MC = 41000, 38000


class BusTicks(hal.Ticks):
    """The bus's own time: nothing here waits for a wall clock."""

    def __init__(self, i2c: I2C) -> None:
        self._i2c = i2c

    def ticks_us(self) -> int:
        return self._i2c.now_us % self.WRAP_US


class Head:
    """A probe head: LED driver and thermometer at one bus, the enable line at a pin."""

    def __init__(self, *, soft: bool = False) -> None:
        self.led_chip = pca9955b.PCA9955B()
        self.thermometer_chip = tmp117.TMP117()
        self.led_chip.output_enabled = False
        self.i2c = I2C({RING: self.led_chip, THERMOMETER: self.thermometer_chip}, soft=soft)
        self.opened = 0
        self.oe = Pin(1)
        self.bus = I2CBus(self._open_i2c, self._open_lines, self._sleep_us)
        chip = PCA9955B(self.bus, RING, CHANNEL_CAP_UA)
        self.ring = PCA9955BRing(chip, ZONES, ZONE_CAP_UA, EnableLine(self.oe, lit_level=0))
        self.thermometer = Tmp117(self.bus, LIMIT_MC, RELEASE_MC, BusTicks(self.i2c))

    def lit_ua(self) -> "list[int]":
        """What flows in each zone now, by chip and enable line."""
        self.led_chip.output_enabled = self.oe.level == 0
        currents = self.led_chip.currents_ua()
        return [sum([currents[channel] for channel in channels]) for channels in ZONES]

    def _open_i2c(self) -> I2C:
        self.opened += 1
        return self.i2c

    def _open_lines(self) -> "tuple[Scl, Sda]":
        scl = Scl(self.i2c)
        return scl, Sda(self.i2c, scl)

    def _sleep_us(self, us: int) -> None:
        self.i2c.now_us += us
