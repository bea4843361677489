"""The thermistor: its curve, and the ends of its range, which are faults."""

from math import exp, log

from drivers.errors import SensorFault
from drivers.ntc import BetaCurve, Ntc, SteinhartHart
from tests.device.chips.adc import ADC
from tests.device.chips.raising import raised

R25, BETA = 10000.0, 3380.0
CURVE = BetaCurve(R25, BETA)
FIXED = 10000.0


def resistance(celsius):
    """The beta formula, solved for the resistance."""
    return R25 * exp(BETA * (1 / (celsius + 273.15) - 1 / 298.15))


def read(adc, curve, at_ground=True):
    return Ntc(adc, curve, FIXED, at_ground).read_mc()


def test_a_temperature_is_what_the_divider_says():
    for celsius in (-20, 0, 25, 34, 41, 60, 85):
        adc = ADC()
        adc.divider(resistance(celsius), FIXED)
        assert abs(read(adc, CURVE) - celsius * 1000) < 20, celsius
        adc.divider(FIXED, resistance(celsius))  # the thermistor is the upper half
        assert abs(read(adc, CURVE, at_ground=False) - celsius * 1000) < 20, celsius


def test_steinhart_and_hart_goes_through_the_points_that_it_was_made_from():
    points = ((0.0, 32650.0), (25.0, 10000.0), (50.0, 3603.0))  # three of anybody's measurements
    x = [log(ohm) for _, ohm in points]
    y = [1 / (celsius + 273.15) for celsius, _ in points]
    slope2, slope3 = (y[1] - y[0]) / (x[1] - x[0]), (y[2] - y[0]) / (x[2] - x[0])
    c = (slope3 - slope2) / (x[2] - x[1]) / (x[0] + x[1] + x[2])
    b = slope2 - c * (x[0] * x[0] + x[0] * x[1] + x[1] * x[1])
    a = y[0] - (b + x[0] * x[0] * c) * x[0]
    curve = SteinhartHart(a, b, c)
    for celsius, ohm in points:
        assert abs(curve.kelvin(ohm) - 273.15 - celsius) < 0.01, celsius


def test_without_its_cubic_part_it_is_the_beta_curve():
    curve = SteinhartHart(1 / 298.15 - log(R25) / BETA, 1 / BETA, 0.0)
    for ohm in (2000.0, 5000.0, 10000.0, 30000.0):
        assert abs(curve.kelvin(ohm) - CURVE.kelvin(ohm)) < 0.01


def test_warmer_is_more_with_either_wiring():
    lower = [read(ADC(raw), CURVE) for raw in range(5000, 62000, 500)]
    assert lower == sorted(lower, reverse=True)
    upper = [read(ADC(raw), CURVE, at_ground=False) for raw in range(5000, 62000, 500)]
    assert upper == sorted(upper)


def test_an_open_wire_and_a_short_are_faults_and_told_apart():
    for raw, at_ground, word in (
        (65535, True, "not connected"),
        (0, True, "shorted"),
        (0, False, "not connected"),
        (65535, False, "shorted"),
        (64300, True, "not connected"),
        (1300, True, "shorted"),
    ):
        error = raised(lambda: read(ADC(raw), CURVE, at_ground))  # noqa: B023
        assert isinstance(error, SensorFault), raw
        assert word in str(error)


def test_one_wrong_reading_of_five_changes_nothing():
    right = read(ADC(30000), CURVE)
    assert read(ADC(30000, 65535, 0, 30000, 30000), CURVE) == right


def test_a_temperature_beyond_the_part_s_range_is_a_fault():
    error = raised(lambda: read(ADC(1400), BetaCurve(1000.0, 1000.0)))
    assert isinstance(error, SensorFault)
    assert "cannot be" in str(error)


def test_an_adc_that_fails_is_no_temperature():
    adc = ADC(30000)
    adc.broken = True
    assert isinstance(raised(lambda: read(adc, CURVE)), OSError)
