"""A thermistor (NTC) in a divider at an ADC. Ratiometric: the divider's supply is the ADC's reference.

An open wire reads as one end of the range and a short as the other, and neither is a temperature: both raise.
"""

from math import log

from drivers.errors import SensorFault

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only
    from drivers.machine_types import Adc

FULL_SCALE = 65535
LOWEST, HIGHEST = 0.02, 0.98  # of the range: beyond is a fault
ZERO_K = 273.15
READINGS = 5  # the middle one counts: a single glitch is none
RANGE_MC = (-40000, 125000)


class BetaCurve:
    """1/T = 1/T25 + ln(R/R25)/B, as a thermistor's data sheet gives R25 and B."""

    def __init__(self, r25_ohm: float, beta_k: float) -> None:
        self._r25_ohm = r25_ohm
        self._beta_k = beta_k

    def kelvin(self, ohm: float) -> float:
        """Return the temperature at this resistance."""
        return 1 / (1 / (ZERO_K + 25) + log(ohm / self._r25_ohm) / self._beta_k)


class SteinhartHart:
    """1/T = a + b ln(R) + c ln(R)³, from three measured points."""

    def __init__(self, a: float, b: float, c: float) -> None:
        self._a = a
        self._b = b
        self._c = c

    def kelvin(self, ohm: float) -> float:
        """Return the temperature at this resistance."""
        x = log(ohm)
        return 1 / (self._a + self._b * x + self._c * x * x * x)


class Ntc:
    """One thermistor. `at_ground`: it is the lower half of the divider, and `fixed_ohm` the upper."""

    def __init__(
        self, adc: "Adc", curve: "BetaCurve | SteinhartHart", fixed_ohm: float, at_ground: bool = True
    ) -> None:
        self._adc = adc
        self._curve = curve
        self._fixed_ohm = fixed_ohm
        self._at_ground = at_ground

    def read_mc(self) -> int:
        """Return thousandths of a degree Celsius; raise `SensorFault` if open, shorted or out of range."""
        readings = sorted([self._adc.read_u16() for _ in range(READINGS)])
        ratio = readings[READINGS // 2] / FULL_SCALE
        if not LOWEST <= ratio <= HIGHEST:
            open_wire = (ratio > HIGHEST) == self._at_ground
            raise SensorFault("the thermistor is {}".format("not connected" if open_wire else "shorted"))
        part = ratio / (1 - ratio)
        ohm = self._fixed_ohm * part if self._at_ground else self._fixed_ohm / part
        mc = int((self._curve.kelvin(ohm) - ZERO_K) * 1000)
        if not RANGE_MC[0] <= mc <= RANGE_MC[1]:
            raise SensorFault("the thermistor shows {} m°C, which cannot be".format(mc))
        return mc
