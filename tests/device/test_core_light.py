from camera_app.core.light import (
    CAP_UA,
    HEARTBEAT_MS,
    HYSTERESIS_MC,
    OFF_MC,
    STEADY_LIMIT_MS,
    LightGuard,
    RingState,
)
from oralcam_protocol.wire.enums import LightLock


def test_the_ring_is_locked_until_the_temperature_is_known():
    guard = LightGuard()
    assert guard.currents_ua([1000] * 3, 20000) == [0, 0, 0]
    assert guard.temperature(34000)
    assert guard.currents_ua([1000, 500, 0], 20000) == [20000, 10000, 0]


def test_heat_locks_the_ring_and_only_cooling_by_the_hysteresis_opens_it():
    guard = LightGuard()
    guard.temperature(OFF_MC - 1)
    assert guard.lock == LightLock.NONE
    assert guard.temperature(OFF_MC)
    assert guard.lock == LightLock.TOO_WARM
    assert guard.currents_ua([1000] * 3, 20000) == [0, 0, 0]
    assert not guard.temperature(OFF_MC - HYSTERESIS_MC + 1)
    assert guard.lock == LightLock.TOO_WARM
    assert guard.temperature(OFF_MC - HYSTERESIS_MC)
    assert guard.lock == LightLock.NONE


def test_a_missing_or_implausible_sensor_locks_the_ring():
    for reading in (None, -40000, 200000):
        guard = LightGuard()
        guard.temperature(34000)
        assert guard.temperature(reading)
        assert guard.lock == LightLock.NO_TEMPERATURE
        assert guard.currents_ua([1000] * 3, 20000) == [0, 0, 0]


def test_no_level_and_no_rating_lifts_the_cap():
    guard = LightGuard()
    guard.temperature(34000)
    assert guard.currents_ua([1000, 65535, 4000], 60000) == [CAP_UA] * 3


def test_the_ring_is_lit_for_an_exposure_even_without_steady_light():
    ring = RingState([600] * 3)
    assert not ring.lit(0)
    ring.exposing(True, 0)
    assert ring.lit(0)
    ring.exposing(False, 5)
    assert not ring.lit(5)


def test_steady_light_ends_when_the_host_is_silent():
    ring = RingState([0] * 3)
    ring.ask([500] * 3, True, 0)
    assert ring.lit(HEARTBEAT_MS)
    ring.heard(2000)
    assert ring.lit(2000 + HEARTBEAT_MS)
    assert not ring.lit(2001 + HEARTBEAT_MS)
    ring.heard(9000)
    assert not ring.lit(9000)  # it stays off until it is asked for again


def test_steady_light_ends_when_nothing_is_taken():
    ring = RingState([0] * 3)
    ring.ask([500] * 3, True, 0)
    ring.heard(STEADY_LIMIT_MS)
    assert ring.lit(STEADY_LIMIT_MS)
    ring.heard(STEADY_LIMIT_MS + 1)
    assert not ring.lit(STEADY_LIMIT_MS + 1)


def test_goodbye_ends_steady_light_and_keeps_the_levels():
    ring = RingState([0] * 3)
    ring.ask([500] * 3, True, 0)
    ring.host_gone()
    assert not ring.lit(0)
    assert ring.levels_permille == [500] * 3
