"""Any contact, any thermistor: edges alternate and end at the level that is there; temperatures come back."""

from __future__ import annotations

import asyncio
import math

from hypothesis import given
from hypothesis import strategies as st

from camera_app.hal import Ticks
from drivers.errors import SensorFault
from drivers.ntc import BetaCurve, Ntc
from drivers.pin_button import PinButton
from tests.device.chips.adc import ADC
from tests.device.chips.pin import Pin

CHANGES = st.lists(st.tuples(st.integers(0, 1), st.booleans(), st.booleans()), max_size=100)


class Counter(Ticks):
    """Each reading is a microsecond later."""

    now_us = 0

    def ticks_us(self) -> int:
        self.now_us += 1
        return self.now_us


@given(start=st.integers(0, 1), changes=CHANGES, has_irq=st.booleans())
def test_edges_alternate_in_time_and_end_at_the_level(
    start: int, changes: list[tuple[int, bool, bool]], has_irq: bool
) -> None:
    pin = Pin(start, has_irq=has_irq)
    button = PinButton(pin, 0, Counter(), asyncio.Event(), hard=True)  # type: ignore[arg-type]
    level, last_us = start == 0, -1
    for to, lose_edge, take in [*changes, (pin.level, False, True)]:
        pin.change(to, lose_edge=lose_edge)
        while take:
            edge = button.take_edge()
            if edge is None:
                assert level == button.pressed()
                break
            pressed, at_us = edge
            assert pressed != level
            assert at_us > last_us
            level, last_us = pressed, at_us


@given(celsius=st.floats(-30, 110), beta=st.floats(2500, 5000), r25=st.floats(1000, 100_000))
def test_a_thermistor_s_temperature_comes_back_or_is_a_fault(celsius: float, beta: float, r25: float) -> None:
    ohm = r25 * math.exp(beta * (1 / (celsius + 273.15) - 1 / 298.15))
    fixed = r25
    for at_ground in (True, False):
        adc = ADC()
        adc.divider(*((ohm, fixed) if at_ground else (fixed, ohm)))
        part = adc.raw[0] / 65535
        try:
            found = Ntc(adc, BetaCurve(r25, beta), fixed, at_ground).read_mc()
        except SensorFault:
            assert part < 0.02 or part > 0.98
        else:
            assert abs(found - celsius * 1000) < 150  # half an ADC step at the ends of its range


@given(raw=st.integers(0, 65535), at_ground=st.booleans())
def test_no_reading_of_the_adc_gives_a_temperature_out_of_range(raw: int, at_ground: bool) -> None:
    try:
        found = Ntc(ADC(raw), BetaCurve(10_000, 3435), 10_000, at_ground).read_mc()
    except SensorFault:
        return
    assert -40_000 <= found <= 125_000
