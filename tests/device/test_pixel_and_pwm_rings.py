"""Rings of pixels and of PWM outputs, and the enable line that makes them dark."""

from drivers.enable_line import EnableLine
from drivers.errors import ChipError, DriverError
from drivers.neopixel_ring import NeoPixelRing
from drivers.pwm_ring import PwmRing
from tests.device.chips.neopixel import NeoPixel
from tests.device.chips.pin import Pin
from tests.device.chips.pwm import PWM
from tests.device.chips.raising import raised

ZONES = ((0, 1, 2), (3, 4), (6, 7))
PIXEL_UA, CAP_UA = 36000, 20000
WRONG = ([-1, 0, 0], [0, CAP_UA + 1, 0], [0, 0, float("nan")], [0.5, 0, 0], [0, 0], [0] * 4)


def pixel_ring(pixels, pin=None):
    return NeoPixelRing(pixels, ZONES, PIXEL_UA, CAP_UA, EnableLine(pin or Pin(1), lit_level=1))


def pixel_currents(pixels):
    return [sum([pixels.shown[number][0] * PIXEL_UA // 255 for number in zone]) for zone in ZONES]


def pwm_ring(pwms, pin=None):
    return PwmRing(pwms, 40000, CAP_UA, EnableLine(pin or Pin(1), lit_level=1))


def pwm_currents(pwms):
    return [pwm.level * 40000 // 65535 for pwm in pwms]


def test_pixels_give_what_was_asked_for_and_never_more():
    pixels = NeoPixel(9)
    for number in range(9):
        pixels[number] = (9, 9, 9)  # whoever had them before
    ring = pixel_ring(pixels)
    for asked in ([20000, 10000, 5000], [19999, 1, 0], [0, 0, 0]):
        ring.apply(asked)
        flows = pixel_currents(pixels)
        assert all(ask - PIXEL_UA * 3 // 255 <= flow <= ask for flow, ask in zip(flows, asked)), flows
        assert pixels.shown[5] == pixels.shown[8] == (0, 0, 0)  # of no zone


def test_pixels_that_were_not_sent_are_an_error():
    for sent in range(9):
        pixels = NeoPixel(9)
        ring = pixel_ring(pixels)
        ring.apply([20000] * 3)
        pixels.fails_after = sent
        assert isinstance(raised(lambda: ring.apply([0, 0, 0])), DriverError)  # noqa: B023
        pixels.fails_after = -1
        ring.apply([0, 0, 0])
        assert pixel_currents(pixels) == [0, 0, 0]


def test_a_broken_line_to_pixels_is_not_seen_and_the_enable_line_is_what_helps():
    pixels, pin = NeoPixel(9), Pin(1)
    ring = pixel_ring(pixels, pin)
    ring.apply([20000] * 3)
    pixels.lies = True
    assert raised(lambda: ring.apply([0, 0, 0])) is None
    assert pixel_currents(pixels) != [0, 0, 0]
    ring.enable(False)
    assert pin.level == 0


def test_pwm_gives_what_was_asked_for():
    pwms = [PWM(), PWM(bits=8), PWM(bits=13)]
    ring = PwmRing(pwms, 40000, CAP_UA, EnableLine(Pin(1), lit_level=1), bits=8)
    for asked in ([20000, 10000, 5000], [0, 1000, 19999], [0, 0, 0]):
        ring.apply(asked)
        assert all(ask - 160 <= flow <= ask for flow, ask in zip(pwm_currents(pwms), asked))
    assert max([pwm.highest for pwm in pwms]) <= 65535 * CAP_UA // 40000


def test_a_pwm_that_does_not_follow_or_fails_is_an_error():
    for zone in range(3):
        for word in ("stuck", "fails"):
            pwms = [PWM(), PWM(), PWM()]
            ring = pwm_ring(pwms)
            ring.apply([20000] * 3)
            setattr(pwms[zone], word, True)
            assert isinstance(raised(lambda: ring.apply([0, 0, 0])), DriverError)  # noqa: B023
            setattr(pwms[zone], word, False)
            ring.apply([0, 0, 0])
            assert pwm_currents(pwms) == [0, 0, 0]


def test_a_timer_that_shows_what_it_does_not_do_is_not_seen_and_the_enable_line_helps():
    pwms, pin = [PWM(), PWM(), PWM()], Pin(1)
    ring = pwm_ring(pwms, pin)
    ring.apply([20000, 0, 0])
    pwms[0].lies = True
    assert raised(lambda: ring.apply([0, 0, 0])) is None
    assert pwm_currents(pwms) != [0, 0, 0]
    ring.enable(False)
    assert pin.level == 0


def test_a_duty_that_reads_back_a_step_off_is_dark_only_if_it_is_dark():
    class Rounding(PWM):
        def duty_u16(self, value=None):
            return super().duty_u16(value) if value is not None else self.level + 32

    pwms = [Rounding(), PWM(), PWM()]
    ring = pwm_ring(pwms)
    ring.apply([20000, 0, 0])
    assert isinstance(raised(lambda: ring.apply([0, 0, 0])), ChipError)


def test_zones_that_go_dark_go_first():
    pwms = [PWM(), PWM(), PWM()]
    ring = pwm_ring(pwms)
    ring.apply([0, 0, 20000])
    pwms[0].fails = True
    assert isinstance(raised(lambda: ring.apply([20000, 0, 0])), DriverError)
    assert pwm_currents(pwms) == [0, 0, 0]


def test_what_is_no_current_is_refused_before_anything_is_sent():
    pixels, pwms = NeoPixel(9), [PWM(), PWM(), PWM()]
    rings = (pixel_ring(pixels), pwm_ring(pwms))
    for ring in rings:
        for wrong in WRONG:
            assert isinstance(raised(lambda: ring.apply(wrong)), ValueError), wrong  # noqa: B023
    assert pixels.highest == 0
    assert max([pwm.highest for pwm in pwms]) == 0


def test_an_enable_line_is_off_from_the_start_and_says_if_it_does_not_follow():
    for lit_level in (0, 1):
        pin = Pin(lit_level)
        line = EnableLine(pin, lit_level)
        assert pin.level == 1 - lit_level
        line.set(True)
        assert pin.level == lit_level
        pin.stuck = True
        assert isinstance(raised(lambda: line.set(False)), ChipError)  # noqa: B023
        assert isinstance(raised(lambda: EnableLine(pin, lit_level)), ChipError)  # noqa: B023
