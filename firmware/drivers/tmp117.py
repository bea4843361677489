"""TI TMP117, an I2C thermometer of 7.8125 m°C a step, whose pin ALERT is a limit of its own (TI SNOSD82D).

ALERT can take the light's supply away without any firmware: it is set before there is light, in therm mode,
where it stays until the tip has cooled to the lower limit.
"""

from camera_app import hal
from drivers.errors import ChipError, SensorFault

TEMPERATURE, CONFIGURATION, HIGH_LIMIT, LOW_LIMIT, ID = 0x00, 0x01, 0x02, 0x03, 0x0F
TMP117_ID, ID_MASK = 0x0117, 0x0FFF  # the upper four bits are a revision
NOT_READY = 0x8000
# continuous, eight averages (124 ms a conversion), no pause between two, therm mode, ALERT low when too warm
SETTING = 0x0030
SETTING_KEPT = 0x0FFC  # flags and reset bit are not the setting's; after power-on it is 0x0220
DATA_READY = 0x2000
SILENT_US = 1000000  # eight conversions' time: a chip that has not finished one by then has stopped
AGREE = 16  # steps between two readings of one conversion, or of two in a row
RANGE_MC = (-40000, 125000)


class Tmp117:
    """One chip. `limit_mc` and `release_mc`: where ALERT switches the light off, and lets it be on again.

    Until `read_mc` has returned once, and after each failure, the chip is set up from the start.
    """

    def __init__(
        self,
        bus: hal.Bus,
        limit_mc: int,
        release_mc: int,
        ticks: hal.Ticks,
        address: int = 0x48,
    ) -> None:
        if not RANGE_MC[0] <= release_mc < limit_mc <= RANGE_MC[1]:
            raise ValueError("the limit must lie above the release, both from -40 to 125 °C")
        self._bus = bus
        self._limits = (limit_mc * 128 // 1000, release_mc * 128 // 1000)
        self._ticks = ticks
        self._address = address
        self._view = memoryview(bytearray(2))
        self._set_up = False
        self._converted_us = 0
        self._last_mc: "int | None" = None

    def read_mc(self) -> int:
        """Return the newest temperature, in thousandths of a degree Celsius.

        Raises OSError if the chip does not answer, `ChipError` if it is another one or lost its setting,
        `SensorFault` if it has no conversion yet or finished none for a second.
        """
        ready, self._set_up = self._set_up, False
        if not ready:
            self._start()
        now_us = self._ticks.ticks_us()
        setting = self._get(CONFIGURATION)
        if setting & SETTING_KEPT != SETTING:
            raise ChipError("the thermometer lost its setting: its limit may be gone too")
        if setting & DATA_READY:
            self._converted_us, self._last_mc = now_us, self._temperature_mc()
        elif (now_us - self._converted_us) % self._ticks.WRAP_US > SILENT_US:
            raise SensorFault("the thermometer stopped measuring")
        self._set_up = True
        if self._last_mc is None:
            raise SensorFault("the thermometer has not measured yet")
        return self._last_mc

    def _start(self) -> None:
        self._last_mc = None
        self._converted_us = self._ticks.ticks_us()
        self._check_id()
        self._put(HIGH_LIMIT, self._limits[0] & 0xFFFF, 0xFFFF)
        self._put(LOW_LIMIT, self._limits[1] & 0xFFFF, 0xFFFF)
        self._put(CONFIGURATION, SETTING, SETTING_KEPT)

    def _check_id(self) -> None:
        if self._get(ID) & ID_MASK != TMP117_ID:
            raise ChipError("the chip at 0x{:02x} is no TMP117".format(self._address))

    def _temperature_mc(self) -> int:
        """Read twice, another register between: the chip sends no checksum, and may lose a register's number.

        The higher of two readings that agree is believed.
        """
        raw = self._steps()
        self._check_id()
        again = self._steps()
        if abs(raw - again) > AGREE:
            raise SensorFault("two readings of the thermometer differ: something disturbs its bus")
        mc = max(raw, again) * 1000 >> 7
        if not RANGE_MC[0] <= mc <= RANGE_MC[1]:
            raise SensorFault("the thermometer shows {} m°C, which cannot be".format(mc))
        return mc

    def _steps(self) -> int:
        raw = self._get(TEMPERATURE)
        if raw == NOT_READY:
            raise SensorFault("the thermometer has not measured yet")
        return raw - 0x10000 if raw & 0x8000 else raw

    def _get(self, register: int) -> int:
        view = self._view
        self._bus.readfrom_mem_into(self._address, register, view)
        return view[0] << 8 | view[1]

    def _put(self, register: int, value: int, kept: int) -> None:
        self._bus.writeto(self._address, bytes([register, value >> 8, value & 0xFF]))
        if self._get(register) & kept != value & kept:
            raise ChipError("register {} of the thermometer does not hold what was written".format(register))
