"""NXP PCA9955B, an I2C LED driver: sixteen current sinks, 8 bits of current and 8 bits of PWM at 31.25 kHz.

Registers as in NXP's LEDDriver_NXP_Arduino (src/LEDDriver.h) and Linux' leds-pca995x.c; steps of 225 µA and a
duty of 0 to 100 % as in the data sheet's description (Rev. 2.2); errors are detected at PWM 8 to 254 alone,
as the data sheet is quoted (electronics.stackexchange 272720). Not verified: that outputs change at the STOP
of a transfer (OCH = 0), that bits 1:0 of MODE2 stay 01, and OFFSET's value.
"""

from camera_app import hal
from drivers.errors import ChipError

CHANNELS = 16
MODE1, MODE2, LEDOUT, PWM, IREF, RAMPS, OFFSET, EFLAG = 0x00, 0x01, 0x02, 0x08, 0x18, 0x28, 0x3F, 0x46
INCREMENT = 0x80  # in the register's number: each byte belongs to the next register
STATE_BYTES = IREF + CHANNELS  # MODE1 to IREF15 are neighbours: one transfer sets, one shows all of it
OVERTEMP, ERROR = 0x80, 0x40
MODE1_AWAKE = 0x00  # no sub-addresses, no all-call: only its own address drives it
MODE2_NORMAL = 0x01  # outputs change at STOP, group control dims (which nothing here uses)
MODE1_KEPT, MODE2_KEPT = 0x7F, 0x2F  # what is not a flag
GRPPWM_FULL = 0xFF
OUTPUT_DELAY = 0x08  # outputs switch one after the other, as after a reset (not verified)
LED_PWM = 2  # of the two bits in LEDOUT: off 0, on 1, PWM 2, PWM and group 3
HIGHEST_PWM = 254  # 255 switches the error detection off


class PCA9955B:
    """One chip. `channel_cap_ua`: no channel's peak is ever set above it; `step_ua`: by the resistor Rext.

    Every method that talks to it raises OSError if it does not answer (`BusError` from an `I2CBus`), and
    `ChipError` if it does not show what was written: then what its outputs do is unknown.
    """

    def __init__(self, bus: hal.Bus, address: int, channel_cap_ua: int, step_ua: int = 225) -> None:
        self._bus = bus
        self._address = address
        self._step_ua = step_ua
        self._highest_iref = min(255, channel_cap_ua // step_ua)
        self._wanted = bytearray(1 + STATE_BYTES)  # the first register's number, then their bytes
        self._wanted[0] = INCREMENT | MODE1
        self._shown = memoryview(bytearray(STATE_BYTES))
        self._flags = bytearray(4)
        self._no_ramps = bytes([INCREMENT | RAMPS] + [0] * (OFFSET - RAMPS) + [OUTPUT_DELAY])

    def start(self) -> None:
        """Take the chip out of sleep, all channels dark and none of them ramped by the chip itself.

        To be called again after a failure: a register number that got lost lets bytes end anywhere.
        """
        self.want_dark()
        self.drive()
        self._bus.writeto(self._address, self._no_ramps)
        shown = self._shown[: OFFSET + 1 - RAMPS]
        self._bus.readfrom_mem_into(self._address, INCREMENT | RAMPS, shown)
        for index, byte in enumerate(shown):
            if byte != self._no_ramps[1 + index]:
                raise self._differs(RAMPS + index, self._no_ramps[1 + index], byte)

    def want_dark(self) -> None:
        """Prepare: every channel off."""
        wanted = self._wanted
        for index in range(1, len(wanted)):
            wanted[index] = 0
        wanted[1 + MODE1] = MODE1_AWAKE
        wanted[1 + MODE2] = MODE2_NORMAL
        wanted[1 + LEDOUT + 4] = GRPPWM_FULL

    def peak_ua(self, cap_ua: int) -> int:
        """Return a channel's highest current within this cap and the chip's; raise ValueError if none is."""
        iref = min(self._highest_iref, cap_ua // self._step_ua)
        if iref < 1:
            raise ValueError("the cap must be a step of {} µA at least".format(self._step_ua))
        return iref * self._step_ua

    def want(self, channel: int, current_ua: int, cap_ua: int) -> None:
        """Prepare a mean current: at most what is asked, its peak within both caps and a step above it."""
        iref = min(self._highest_iref, cap_ua // self._step_ua, -(-current_ua // self._step_ua))
        if not iref or current_ua <= 0:
            return
        pwm = min(HIGHEST_PWM, current_ua * 255 // (iref * self._step_ua))
        self._wanted[1 + LEDOUT + channel // 4] |= LED_PWM << 2 * (channel % 4)
        self._wanted[1 + PWM + channel] = pwm
        self._wanted[1 + IREF + channel] = iref

    def drive(self) -> None:
        """Set all that was prepared in one transfer, and read it back."""
        self._bus.writeto(self._address, self._wanted)
        shown = self._shown
        self._bus.readfrom_mem_into(self._address, INCREMENT | MODE1, shown)
        shown[MODE1] &= MODE1_KEPT
        shown[MODE2] &= MODE2_KEPT
        for number in range(STATE_BYTES):
            if shown[number] != self._wanted[1 + number]:
                raise self._differs(number, self._wanted[1 + number], shown[number])

    def read_flags(self) -> "tuple[bool, bytearray]":
        """Return whether the chip is too hot, and EFLAG0 to 3: two bits a channel, 1 short, 2 open.

        The bytes are valid until the next call.
        """
        shown = self._shown[:2]
        self._bus.readfrom_mem_into(self._address, INCREMENT | MODE1, shown)
        mode2 = shown[MODE2]
        if shown[MODE1] & MODE1_KEPT != MODE1_AWAKE:  # after a brown-out it listens to all-call
            raise self._differs(MODE1, MODE1_AWAKE, shown[MODE1])
        if mode2 & MODE2_KEPT != MODE2_NORMAL:
            raise self._differs(MODE2, MODE2_NORMAL, mode2)
        self._bus.readfrom_mem_into(self._address, INCREMENT | EFLAG, memoryview(self._flags))
        return bool(mode2 & OVERTEMP), self._flags

    def software_reset(self) -> None:
        """Reset every chip that listens to the general call: a TMP117 at the bus forgets its limits."""
        self._bus.writeto(0x00, b"\x06")

    def _differs(self, number: int, wanted: int, shown: int) -> ChipError:
        text = "register 0x{:02x} of the LED driver shows 0x{:02x}, not 0x{:02x}: its outputs are unknown"
        return ChipError(text.format(number, shown, wanted))
