"""A ring whose zones are LEDs behind a transistor each, dimmed by the processor's PWM."""

from camera_app import hal
from drivers.currents import check_currents
from drivers.enable_line import EnableLine
from drivers.errors import ChipError, DriverError

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Sequence

    from drivers.machine_types import Pwm

FULL_DUTY = 65535


class PwmRing(hal.Ring):
    """`pwms`: one a zone, at the board's frequency; `peak_ua`: a zone's current while its pulse is on.

    `bits`: the timer's resolution at that frequency (11 at 20 kHz on an ESP32-S3), which rounds what is read
    back.
    """

    def __init__(
        self, pwms: "Sequence[Pwm]", peak_ua: int, zone_cap_ua: int, line: EnableLine, bits: int = 11
    ) -> None:
        self._pwms = pwms
        self._line = line
        self._step = 1 << 16 - bits
        self.peak_ua = peak_ua
        self.rated_ua = zone_cap_ua

    def apply(self, currents_ua: "list[int]") -> None:
        """Set each zone's duty and read it back; after `DriverError` what the zones do is unknown.

        Zones that get less come first: a failure on the way leaves no more light than there was or was asked
        for.
        """
        check_currents(currents_ua, len(self._pwms), self.rated_ua)
        duties = [min(FULL_DUTY, current * FULL_DUTY // self.peak_ua) for current in currents_ua]
        try:
            for pwm, duty in zip(self._pwms, duties):
                if duty == 0:
                    self._set(pwm, duty)
            for pwm, duty in zip(self._pwms, duties):
                if duty:
                    self._set(pwm, duty)
        except ChipError:
            raise
        except OSError as error:
            raise DriverError("a zone's PWM failed: {}".format(error))

    def enable(self, on: bool) -> None:
        """Switch their supply."""
        self._line.set(on)

    def _set(self, pwm: "Pwm", duty: int) -> None:
        pwm.duty_u16(duty)
        shown = pwm.duty_u16()
        if shown is None or abs(shown - duty) > (self._step if duty else 0):
            raise ChipError("a zone's PWM shows a duty of {}, not {}: it is unknown".format(shown, duty))
