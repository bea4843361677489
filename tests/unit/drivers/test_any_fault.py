"""Random lives of a probe head: currents, faults at any byte, repairs, conversions, resets of its chips.

Whatever happens, a call ends within the deadlines of its transfers and raises the drivers' own error or does
as it was told; no channel's current passes the board's cap; the enable line makes the ring dark; and a head
that was mended works with the next call.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from camera_app.hal import Ring
from drivers.errors import DriverError
from tests.device.chips.fault import FLIP, FORGET, KINDS, Fault
from tests.device.chips.pca9955b import OPEN, SHORT, STEP_UA
from tests.device.chips.wired import CHANNEL_CAP_UA, ZONE_CAP_UA, ZONES, Head

DEADLINES = (
    4  # transfers that may run into the bus's deadline in one call: afterwards the bus is freed, or is not
)
CURRENTS = st.lists(st.integers(0, ZONE_CAP_UA), min_size=len(ZONES), max_size=len(ZONES))
AT = st.integers(0, 300)
# a bit that is wrong alike in each byte, written and read, shows in no register
FAULTS = st.one_of(
    st.builds(
        Fault, st.sampled_from(KINDS), AT, st.just(False), st.sampled_from([1 << bit for bit in range(8)])
    ),
    st.builds(Fault, st.sampled_from([kind for kind in KINDS if kind != FLIP]), AT, st.just(True)),
)


def near(flow: int, asked: int, channels: tuple[int, ...]) -> bool:
    """Is it what was asked for, to a step a channel and 2 %, and not above?"""
    return asked - STEP_UA * len(channels) - asked // 50 <= flow <= asked + len(channels)


class Life(RuleBasedStateMachine):
    """One head. `known` are the currents that the last `apply` promised; None: they are unknown."""

    def __init__(self) -> None:
        super().__init__()
        self.head = Head()
        self.known: list[int] | None = None
        self.honest = True  # no wrong bit was taken since the last successful `apply`
        self.enabled = False

    @rule(currents=CURRENTS)
    def apply(self, currents: list[int]) -> None:
        before_us = self.head.i2c.now_us
        self.known = None
        try:
            self.head.ring.apply(currents)
            self.known, self.honest = currents, True
        except DriverError:
            pass
        assert self.head.i2c.now_us - before_us < DEADLINES * self.head.i2c.timeout_us + 20_000

    @rule(on=st.booleans())
    def enable(self, on: bool) -> None:
        self.head.ring.enable(on)
        self.enabled = on

    @rule(fault=FAULTS)
    def break_the_bus(self, fault: Fault) -> None:
        self.head.i2c.arm(fault)
        self.honest = self.honest and fault.kind not in (FLIP, FORGET)

    @rule(currents=CURRENTS)
    def mend_and_apply(self, currents: list[int]) -> None:
        self.head.i2c.mend()
        self.head.ring.apply(currents)
        self.known, self.honest = currents, True

    @rule()
    def read_a_temperature(self) -> None:
        before_us = self.head.i2c.now_us
        try:
            self.head.thermometer.read_mc()
        except DriverError:
            pass
        assert self.head.i2c.now_us - before_us < DEADLINES * self.head.i2c.timeout_us + 20_000

    @rule(mc=st.integers(20_000, 60_000))
    def mend_and_measure(self, mc: int) -> None:
        self.head.i2c.mend()
        for _ in range(2):  # a lost setting is told first, then set right
            try:
                self.head.thermometer.read_mc()
            except DriverError:
                pass
        self.head.thermometer_chip.convert(mc)
        assert abs(self.head.thermometer.read_mc() - mc) <= 8

    @rule()
    def the_led_driver_browns_out(self) -> None:
        self.head.led_chip.power_on()
        self.known = None

    @rule()
    def the_thermometer_browns_out(self) -> None:
        self.head.thermometer_chip.power_on()

    @rule(wiring=st.lists(st.sampled_from([0, 0, 0, OPEN, SHORT]), min_size=16, max_size=16))
    def leds_break(self, wiring: list[int]) -> None:
        self.head.led_chip.wiring = wiring

    @precondition(lambda self: self.head.i2c.fault is None)
    @rule(currents=CURRENTS)
    def faults_are_those_of_lit_leds(self, currents: list[int]) -> None:
        self.mend_and_apply(currents)
        told = [self.head.ring.faults() for _ in range(3)][-1]
        lit = [
            self.head.led_chip.wiring[channel]
            for zone, current in zip(ZONES, currents, strict=True)
            for channel in zone
            if current // len(zone) * 255 // STEP_UA >= 8  # below, the chip does not look
        ]
        assert bool(told & Ring.OPEN) == (OPEN in lit)
        assert bool(told & Ring.SHORT) == (SHORT in lit)
        assert not told & Ring.HOT

    @invariant()
    def no_channel_passes_the_cap(self) -> None:
        self.head.lit_ua()  # sets the chip's OE as the pin is
        if self.honest:
            assert max(self.head.led_chip.currents_ua()) <= CHANNEL_CAP_UA

    @invariant()
    def the_enable_line_makes_dark(self) -> None:
        if not self.enabled:
            assert self.head.lit_ua() == [0, 0, 0]

    @invariant()
    def what_was_promised_flows(self) -> None:
        if self.known is not None and self.enabled and self.honest:
            flows = self.head.lit_ua()
            assert all(map(near, flows, self.known, ZONES)), (flows, self.known)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


@given(before=CURRENTS, after=CURRENTS, fault=FAULTS, soft=st.booleans())
@settings(max_examples=500, deadline=None)
def test_an_apply_that_returns_has_set_all_and_one_that_broke_off_is_between_old_and_new(
    before: list[int], after: list[int], fault: Fault, soft: bool
) -> None:
    head = Head(soft=soft)
    head.ring.apply(before)
    head.ring.enable(True)
    head.i2c.arm(fault)
    try:
        head.ring.apply(after)
    except DriverError:
        if fault.kind not in (FLIP, FORGET):
            for flow, old, new, zone in zip(head.lit_ua(), before, after, ZONES, strict=True):
                assert flow <= min(ZONE_CAP_UA, max(old, new) + STEP_UA * len(zone))
    else:
        assert all(map(near, head.lit_ua(), after, ZONES))


@given(mc=st.integers(-30_000, 120_000), fault=FAULTS, soft=st.booleans())
@settings(max_examples=500, deadline=None)
def test_a_temperature_is_right_or_an_error(mc: int, fault: Fault, soft: bool) -> None:
    head = Head(soft=soft)
    try:
        head.thermometer.read_mc()
    except DriverError:
        head.thermometer_chip.convert(mc)
    head.i2c.arm(fault)
    try:
        found = head.thermometer.read_mc()
    except DriverError:
        return
    assert abs(found - mc) <= 8 + 16 * 8  # two readings agree to 16 steps
