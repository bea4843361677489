"""The ring's driver: what is believed, what is so, and that the two ways of going dark are two."""

from camera_app import hal
from camera_app.safety.driver import RingDriver
from oralcam_protocol.wire.enums import LightLock

LIT = [12000, 12000, 12000]


class Ring(hal.Ring):
    """Hardware: `currents` and `line` are so, whatever anybody believes."""

    def __init__(self):
        self.currents = [0, 0, 0]
        self.line = False
        self.broken = {}  # call: "raise", "lie"; or "half": the first zone changes, then it raises
        self.calls = []
        self.told = 0

    @property
    def light(self):
        return sum(self.currents) if self.line else 0

    def meet(self, call):
        self.calls.append(call)
        kind = self.broken.get(call)
        if kind == "raise":
            raise OSError(19)
        return kind

    def enable(self, on):
        if self.meet("enable") != "lie":
            self.line = on

    def apply(self, currents_ua):
        kind = self.meet("apply")
        if kind == "half":
            self.currents = [currents_ua[0], *self.currents[1:]]
            raise OSError(5)
        if kind != "lie":
            self.currents = list(currents_ua)

    def faults(self):
        self.meet("faults")
        return self.told


def check(driver, currents_ua, now_ms):
    driver.look()
    driver.drive(currents_ua, now_ms)
    driver.judge(now_ms)


def lit():
    ring = Ring()
    driver = RingDriver(ring)
    check(driver, LIT, 0)
    assert (ring.light, driver.lit, driver.dark) == (36000, True, False)
    ring.calls = []
    return ring, driver


def test_nothing_is_known_at_first_and_everything_is_driven():
    ring = Ring()
    ring.line, ring.currents = True, [20000] * 3
    driver = RingDriver(ring)
    assert not driver.dark
    check(driver, [0, 0, 0], 0)
    assert (ring.line, ring.currents, driver.dark) == (False, [0, 0, 0], True)


def test_the_line_drops_before_the_bus_is_needed():
    ring, driver = lit()
    driver.drive([0, 0, 0], 100)
    assert ring.calls == ["enable", "apply"]


def test_the_line_rises_after_the_driver_has_its_currents():
    ring = Ring()
    driver = RingDriver(ring)
    driver.drive([0, 0, 0], 0)
    ring.calls = []
    driver.drive(LIT, 0)
    assert ring.calls == ["apply", "enable"]


def test_what_is_known_is_not_driven_again_but_for_a_refresh_every_second():
    ring, driver = lit()
    for now_ms in range(100, 1000, 100):
        driver.drive(LIT, now_ms)
    assert ring.calls == []
    driver.drive(LIT, 1000)
    assert ring.calls == ["apply", "enable"]
    ring.calls = []
    driver.drive([0, 0, 0], 1100)
    ring.calls = []
    for now_ms in range(1200, 9000, 100):
        driver.drive([0, 0, 0], now_ms)
    assert ring.calls == []


def test_either_way_of_going_dark_is_enough():
    for call, kind in (
        ("apply", "raise"),
        ("apply", "lie"),
        ("apply", "half"),
        ("enable", "raise"),
        ("enable", "lie"),
    ):
        ring, driver = lit()
        ring.broken[call] = kind
        driver.drive([0, 0, 0], 100)
        assert ring.light == 0, (call, kind)


def test_what_is_not_known_is_driven_again_at_every_check():
    ring, driver = lit()
    ring.broken["apply"] = "raise"
    driver.drive([0, 0, 0], 100)
    assert driver.applied is None
    ring.calls = []
    driver.drive([0, 0, 0], 200)
    driver.drive([0, 0, 0], 300)
    assert ring.calls == ["apply", "apply"]
    ring.broken = {"enable": "raise"}
    ring, driver = lit()
    ring.broken["enable"] = "raise"
    driver.drive([0, 0, 0], 100)
    ring.calls = []
    driver.drive([0, 0, 0], 200)
    assert ring.calls == ["enable"]
    ring.broken = {}
    driver.drive([0, 0, 0], 300)
    assert (ring.line, driver.dark) == (False, True)


def test_after_three_failed_checks_the_line_drops():
    ring, driver = lit()
    ring.broken["apply"] = "half"
    for now_ms in (100, 200):
        check(driver, [5000, 5000, 5000], now_ms)
        assert (driver.lock, ring.line) == (LightLock.NONE, True)
        assert not driver.lit
    check(driver, [5000, 5000, 5000], 300)
    assert (driver.lock, ring.line) == (LightLock.RING_FAULT, False)
    assert driver.failed_calls == 4  # and once more while it went dark


def test_failures_that_are_not_in_a_row_are_none():
    ring, driver = lit()
    for now_ms in range(100, 3000, 100):
        ring.broken["faults"] = "raise" if now_ms % 300 else ""
        check(driver, LIT, now_ms)
        assert driver.lock == LightLock.NONE
    assert ring.light == 36000


def test_there_is_light_again_after_a_second_without_failures_and_later_after_each_further_fault():
    ring, driver = lit()
    now_ms = 0
    for hold_ms in (1000, 2000, 4000):
        ring.broken["faults"] = "raise"
        for _ in range(3):
            now_ms += 100
            check(driver, LIT, now_ms)
        assert driver.lock == LightLock.RING_FAULT
        ring.broken = {}
        failed_ms = now_ms
        while driver.lock:
            now_ms += 100
            check(driver, LIT, now_ms)
        assert now_ms - failed_ms == hold_ms
        check(driver, LIT, now_ms)
        assert ring.light == 36000


def test_a_short_circuit_and_a_hot_driver_are_dark_at_once_and_a_broken_led_is_not():
    for faults, lock in (
        (1, LightLock.NONE),
        (2, LightLock.RING_FAULT),
        (4, LightLock.RING_FAULT),
        (7, LightLock.RING_FAULT),
    ):
        ring, driver = lit()
        ring.told = faults
        check(driver, LIT, 100)
        assert driver.lock == lock, faults
        assert (ring.light == 0) == (lock != LightLock.NONE)


def test_a_ring_whose_pulses_are_too_strong_is_never_lit():
    for peak_ua, lock in (
        (30000, LightLock.NONE),
        (30001, LightLock.RING_FAULT),
        (0, LightLock.RING_FAULT),
        (float("nan"), LightLock.RING_FAULT),
    ):
        ring = Ring()
        ring.peak_ua = peak_ua  # type: ignore[assignment]  # what is no number too
        driver = RingDriver(ring)
        driver.judge(0)
        check(driver, LIT, 100)
        assert driver.lock == lock, peak_ua


def test_what_was_forgotten_is_driven_by_both_ways():
    ring, driver = lit()
    driver.forget()
    assert (driver.lit, driver.dark) == (False, False)
    driver.darken()
    assert (ring.calls, ring.light) == (["enable", "apply"], 0)
