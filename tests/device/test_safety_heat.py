"""Heat: off at 41 °C or when it will be there within two seconds, on at 38 °C. Numbers, not the constants."""

from camera_app.safety.currents import derate_permille, zone_current_ua
from camera_app.safety.heat import HeatLimit
from oralcam_protocol.wire.enums import LightLock


def at(reading_mc, now_ms=0):
    limit = HeatLimit()
    limit.reading(reading_mc, now_ms)
    return limit


def test_it_is_locked_until_the_temperature_is_known():
    assert HeatLimit().lock == LightLock.NO_TEMPERATURE
    assert at(34000).lock == LightLock.NONE


def test_it_is_off_from_41_degrees_on_and_on_again_at_38():
    limit = at(40999)
    assert limit.lock == LightLock.NONE
    for now_ms, reading_mc, lock in (
        (10000, 41000, LightLock.TOO_WARM),
        (20000, 38001, LightLock.TOO_WARM),
        (30000, 38000, LightLock.NONE),
    ):
        limit.reading(reading_mc, now_ms)
        assert limit.lock == lock, reading_mc


def test_what_is_implausible_is_no_temperature():
    for reading_mc in (None, -40000, -20001, 85001, 200000, float("nan")):
        limit = at(34000)
        limit.reading(reading_mc, 100)
        assert limit.lock == LightLock.NO_TEMPERATURE, reading_mc
    for reading_mc in (-20000, 0):
        assert at(reading_mc).lock == LightLock.NONE


def test_a_gap_in_the_readings_does_not_open_the_hysteresis():
    for gap in (None, -40000, 200000):
        limit = at(41000)
        limit.reading(gap, 100)
        assert limit.lock == LightLock.NO_TEMPERATURE
        limit.reading(39000, 10000)
        assert limit.lock == LightLock.TOO_WARM
        limit.reading(38000, 20000)
        assert limit.lock == LightLock.NONE


def warming(limit, start_mc, mc_per_s, since_ms, until_ms):
    """Readings ten times a second; the reading at which it locked, or None."""
    for now_ms in range(since_ms, until_ms, 100):
        reading_mc = start_mc + mc_per_s * (now_ms - since_ms) // 1000
        limit.reading(reading_mc, now_ms)
        if limit.lock != LightLock.NONE:
            return reading_mc
    return None


def test_a_tip_that_warms_fast_is_off_before_it_is_too_warm():
    limit = at(34000)
    locked_mc = warming(limit, 34000, 1000, 100, 20000)
    assert limit.lock == LightLock.HEATING
    assert 38900 <= locked_mc <= 39100  # two seconds before 41 °C


def test_a_tip_that_warms_slowly_or_far_below_is_not():
    assert warming(at(34000), 34000, 100, 100, 60000) is None  # six kelvin a minute, up to 40 °C
    assert warming(at(22000), 22000, 3000, 100, 4000) is None  # into the mouth


def test_it_is_on_again_when_it_would_stay_a_kelvin_below():
    limit = at(34000)
    warming(limit, 34000, 1000, 100, 20000)
    limit.reading(39000, 20000)
    for now_ms in range(20100, 24000, 100):
        limit.reading(40001, now_ms)
    assert limit.lock == LightLock.HEATING
    for now_ms in range(24100, 28000, 100):
        limit.reading(40000, now_ms)
    assert limit.lock == LightLock.NONE


def test_a_gap_does_not_forget_that_it_was_warming():
    limit = at(34000)
    warming(limit, 34000, 1000, 100, 20000)
    limit.reading(None, 20000)
    limit.reading(39500, 20100)
    assert limit.lock == LightLock.HEATING


def test_light_is_less_from_38_degrees_on():
    for reading_mc, permille in (
        (20000, 1000),
        (38000, 1000),
        (39000, 750),
        (39500, 625),
        (40000, 500),
        (40999, 251),
        (41000, 0),
        (60000, 0),
    ):
        assert derate_permille(reading_mc) == permille, reading_mc


def test_no_level_and_no_rating_lifts_the_cap():
    for level, rated_ua, current_ua in (
        (1000, 20000, 20000),
        (500, 20000, 10000),
        (1, 20000, 20),
        (0, 20000, 0),
        (2000, 20000, 20000),
        (1000, 60000, 20000),
        (1000, 10**9, 20000),
        (500, 60000, 20000),
        (1000, 5000, 5000),
        (-1000, 20000, 0),
        (1000, -20000, 0),
        (float("nan"), 20000, 0),
        (1000, float("nan"), 0),
    ):
        found_ua = zone_current_ua(level, rated_ua, 1000)  # type: ignore[arg-type]  # what is no number too
        assert found_ua == current_ua, (level, rated_ua)
    assert zone_current_ua(1000, 20000, 250) == 5000
    assert zone_current_ua(1000, 20000, 0) == 0
    assert zone_current_ua(1000, 20000, -1000) == 0
    assert zone_current_ua(1000, 20000, 3000) == 20000
