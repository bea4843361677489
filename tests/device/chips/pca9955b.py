"""NXP PCA9955B: sixteen current sinks, as a register file.

Sources. Register map, bit names: NXP's LEDDriver_NXP_Arduino (src/LEDDriver.h) and Linux' leds-pca995x.c. 225
µA a step, 57 mA, 31.25 kHz, duty of 0 % to 100 %: data sheet Rev. 2.2, general description. Software reset by
general call: UM10729, 8.2. No error detection at a PWM value below 8 or at 255: the data sheet as quoted in
electronics.stackexchange 272720. NOT VERIFIED, from memory: every value after reset, that outputs change at
STOP, that SLEEP makes the outputs dark, where the register pointer goes after the last register, and the
level at pin OE.
"""

from tests.device.chips.chip import Chip

MODE1, MODE2, LEDOUT0, GRPPWM, GRPFREQ, PWM0, IREF0 = 0x00, 0x01, 0x02, 0x06, 0x07, 0x08, 0x18
OFFSET, SUBADR1, ALLCALLADR, PWMALL, IREFALL, EFLAG0, LAST = 0x3F, 0x40, 0x43, 0x44, 0x45, 0x46, 0x49
CHANNELS = 16
STEP_UA = 225
SLEEP = 0x10
OVERTEMP, ERROR, CLRERR = 0x80, 0x40, 0x10
OFF, ON, PWM, PWM_AND_GROUP = 0, 1, 2, 3
SHORT, OPEN = 1, 2
RESET = {  # what is not here is 0
    MODE1: 0x89,
    MODE2: 0x01,
    LEDOUT0: 0xAA,
    LEDOUT0 + 1: 0xAA,
    LEDOUT0 + 2: 0xAA,
    LEDOUT0 + 3: 0xAA,
    GRPPWM: 0xFF,
    OFFSET: 0x08,
    SUBADR1: 0xEC,
    SUBADR1 + 1: 0xEC,
    SUBADR1 + 2: 0xEC,
    ALLCALLADR: 0xE0,
}


class PCA9955B(Chip):
    """The chip with its outputs; `output_enabled` is its pin OE at a low level."""

    def __init__(self) -> None:
        super().__init__()
        self.registers = bytearray(LAST + 1)
        self._latched = bytearray(LAST + 1)
        self._pointer = 0
        self._increments = False
        self.wiring = [0] * CHANNELS  # of the LEDs: 0, SHORT or OPEN
        self.too_hot = False
        self.output_enabled = True
        self.highest_ua = [0] * CHANNELS  # each channel's highest mean current so far
        self.power_on()

    def power_on(self) -> None:
        """All registers take their values after reset."""
        for number in range(LAST + 1):
            self.registers[number] = RESET.get(number, 0)
        self.stop()

    def general_call_reset(self) -> None:
        """Software reset."""
        self.power_on()

    def point(self, byte: int) -> None:
        """Bit 7 is the auto-increment flag."""
        self._pointer = byte & 0x7F
        self._increments = bool(byte & 0x80)

    def write_register(self, byte: int) -> None:
        """PWMALL and IREFALL write all channels; flags are read-only."""
        number = self._pointer
        if number == MODE1:
            byte = (byte & 0x7F) | (self.registers[MODE1] & 0x80)  # AIF is read-only
        if number == MODE2:
            byte &= ~(OVERTEMP | ERROR | CLRERR) & 0xFF
        if number in (PWMALL, IREFALL):
            first = PWM0 if number == PWMALL else IREF0
            for channel in range(CHANNELS):
                self.registers[first + channel] = byte
        elif number < EFLAG0:
            self.registers[number] = byte
        self._advance()

    def read_register(self) -> int:
        """Flags are as the LEDs are now."""
        number = self._pointer
        self._advance()
        if number > LAST:
            return 0xFF
        if number == MODE2:
            faulty = any(self._error(channel) for channel in range(CHANNELS))
            return self.registers[MODE2] | (OVERTEMP if self.too_hot else 0) | (ERROR if faulty else 0)
        if number >= EFLAG0:
            first = 4 * (number - EFLAG0)
            return sum(self._error(first + i) << 2 * i for i in range(4))
        return self.registers[number]

    def stop(self) -> None:
        """The outputs take what was written."""
        self._latched[:] = self.registers
        self.highest_ua = [max(pair) for pair in zip(self.highest_ua, self.currents_ua())]

    def currents_ua(self) -> "list[int]":
        """Mean current of each channel, µA, rounded up; whatever its LED makes of it."""
        if not self.output_enabled or self._latched[MODE1] & SLEEP:
            return [0] * CHANNELS
        return [self._current_ua(channel) for channel in range(CHANNELS)]

    def _current_ua(self, channel: int) -> int:
        state = self._latched[LEDOUT0 + channel // 4] >> 2 * (channel % 4) & 3
        full = self._latched[IREF0 + channel] * STEP_UA
        if state == OFF:
            return 0
        if state == ON:
            return full
        parts = self._latched[PWM0 + channel]
        if state == PWM_AND_GROUP:
            parts = parts * self._latched[GRPPWM] // 255
        return -(-full * parts // 255)

    def _error(self, channel: int) -> int:
        state = self._latched[LEDOUT0 + channel // 4] >> 2 * (channel % 4) & 3
        seen = state == ON or (state != OFF and 8 <= self._latched[PWM0 + channel] <= 254)
        return self.wiring[channel] if seen else 0

    def _advance(self) -> None:
        if self._increments:
            self._pointer = self._pointer + 1 if self._pointer < LAST else 0
