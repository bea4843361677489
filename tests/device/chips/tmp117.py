"""TI TMP117: a thermometer, as a register file.

Source: TI SNOSD82D, register map (addresses, values after reset, types), 7.3.1 to 7.4 (0x8000 until the first
conversion ends; reading temperature or configuration clears Data_Ready; limits). Bits 9 to 2 of the
configuration, and that therm mode's flag clears below the lower limit only: TMP116's page (SBOS740A), a
predecessor with the same fields; soft reset bit: docs.rs/tmp117. A general-call reset is named in the data
sheet's contents (7.5.3.1.6). NOT VERIFIED: that CONV = 000 with eight averages converts every 125 ms (124 ms
of conversion is the data sheet's).
"""

from tests.device.chips.chip import Chip

TEMPERATURE, CONFIGURATION, HIGH_LIMIT, LOW_LIMIT, ID = 0x00, 0x01, 0x02, 0x03, 0x0F
HIGH_ALERT, LOW_ALERT, DATA_READY, EEPROM_BUSY, SOFT_RESET = 0x8000, 0x4000, 0x2000, 0x1000, 0x0002
THERM_MODE = 0x0010
READ_ONLY = HIGH_ALERT | LOW_ALERT | DATA_READY | EEPROM_BUSY
RESET = {
    TEMPERATURE: 0x8000,
    CONFIGURATION: 0x0220,
    HIGH_LIMIT: 0x6000,
    LOW_LIMIT: 0x8000,
    0x04: 0x0000,
    0x05: 0x0000,  # EEPROM: whatever the factory wrote
    0x06: 0x0000,
    0x07: 0x0000,
    0x08: 0x0000,
    ID: 0x0117,
}


class TMP117(Chip):
    """The chip; `convert` is the end of a conversion."""

    def __init__(self) -> None:
        super().__init__()
        self.registers = dict(RESET)
        self._pointer = 0
        self._high_byte = -1
        self._sending = -1

    def power_on(self) -> None:
        """All registers take their values after reset."""
        self.registers = dict(RESET)

    def general_call_reset(self) -> None:
        """The same by general call."""
        self.power_on()

    def convert(self, mc: int) -> None:
        """A conversion ends with this temperature, in thousandths of a degree Celsius."""
        raw = mc * 128 // 1000
        self.registers[TEMPERATURE] = raw & 0xFFFF
        self.registers[CONFIGURATION] |= DATA_READY
        if raw > _signed(self.registers[HIGH_LIMIT]):
            self.registers[CONFIGURATION] |= HIGH_ALERT
        elif self.registers[CONFIGURATION] & THERM_MODE and raw < _signed(self.registers[LOW_LIMIT]):
            self.registers[CONFIGURATION] &= ~HIGH_ALERT

    def alert(self) -> bool:
        """The pin ALERT, as it switches the light's supply off."""
        return bool(self.registers[CONFIGURATION] & HIGH_ALERT)

    def start(self, reading: bool) -> None:
        """A transfer begins at a register's high byte."""
        super().start(reading)
        self._high_byte = self._sending = -1

    def point(self, byte: int) -> None:
        """Bits 3:0."""
        self._pointer = byte & 0x0F

    def write_register(self, byte: int) -> None:
        """The register changes with its second byte."""
        if self._high_byte < 0:
            self._high_byte = byte
            return
        value, self._high_byte = self._high_byte << 8 | byte, -1
        if self._pointer == CONFIGURATION:
            if value & SOFT_RESET:
                self.power_on()
                return
            value = (value & ~READ_ONLY) | (self.registers[CONFIGURATION] & READ_ONLY)
        if self._pointer not in (TEMPERATURE, ID):
            self.registers[self._pointer] = value

    def read_register(self) -> int:
        """High byte first; Data_Ready is cleared."""
        if self._sending >= 0:
            byte, self._sending = self._sending, -1
            return byte
        value = self.registers.get(self._pointer, 0)
        if self._pointer in (TEMPERATURE, CONFIGURATION):
            self.registers[CONFIGURATION] &= ~DATA_READY
        self._sending = value & 0xFF
        return value >> 8


def _signed(value: int) -> int:
    return value - 0x10000 if value & 0x8000 else value
