"""Each limit by itself: thermometers, duty, demand, surroundings. Numbers, not the constants."""

from camera_app import hal
from camera_app.safety.demand import Demand
from camera_app.safety.duty import DutyLimit
from camera_app.safety.news import News
from camera_app.safety.surroundings import Surroundings
from camera_app.safety.thermometers import Thermometers
from oralcam_protocol.wire.enums import LightAlarm, LightLock


class Sensors(hal.Sensors):
    def __init__(self, tip_mc=34000, second_mc=None, chip_mc=None):
        self.tip_mc = tip_mc
        self.second_mc = second_mc
        self.chip_mc = chip_mc
        self.has_second = second_mc is not None
        self.is_docked = self.is_suspended = False
        self.fails = False

    def tip_temperature_mc(self):
        return self.tip_mc

    def second_temperature_mc(self):
        return self.second_mc

    def die_temperature_mc(self):
        return self.chip_mc

    def docked(self):
        if self.fails:
            raise OSError(19)
        return self.is_docked

    def suspended(self):
        if self.fails:
            raise OSError(19)
        return self.is_suspended


def test_the_warmer_of_two_thermometers_counts():
    sensors = Sensors(34000, 36000)
    thermometers = Thermometers(sensors)
    assert thermometers.read(0) == 36000
    sensors.tip_mc = 37000
    assert thermometers.read(0) == 37000
    assert thermometers.lock == LightLock.NONE


def test_two_that_disagree_tell_nothing_until_they_agree_again():
    sensors = Sensors(34000, 37000)
    thermometers = Thermometers(sensors)
    for second_mc, lock in (
        (37000, LightLock.NONE),
        (37001, LightLock.DISAGREE),
        (36001, LightLock.DISAGREE),
        (36000, LightLock.NONE),
        (30999, LightLock.DISAGREE),
        (32000, LightLock.NONE),
        (float("nan"), LightLock.DISAGREE),
    ):
        sensors.second_mc = second_mc
        thermometers.read(0)
        assert thermometers.lock == lock, second_mc


def test_one_of_two_that_is_missing_is_no_temperature():
    sensors = Sensors(34000, 34000)
    thermometers = Thermometers(sensors)
    sensors.second_mc = None
    assert thermometers.read(0) is None
    sensors.second_mc, sensors.tip_mc = 34000, None
    assert thermometers.read(0) is None


def test_a_chip_is_too_warm_at_85_degrees_until_it_has_cooled_to_80():
    sensors = Sensors()
    thermometers = Thermometers(sensors)
    for chip_mc, lock in (
        (None, LightLock.NONE),
        (84999, LightLock.NONE),
        (85000, LightLock.CHIP_TOO_WARM),
        (80001, LightLock.CHIP_TOO_WARM),
        (None, LightLock.CHIP_TOO_WARM),
        (80000, LightLock.NONE),
        (-40001, LightLock.CHIP_TOO_WARM),
        (20000, LightLock.NONE),
        (float("nan"), LightLock.CHIP_TOO_WARM),
    ):
        sensors.chip_mc = chip_mc
        thermometers.read(0)
        assert thermometers.lock == lock, chip_mc


def test_a_reading_that_stays_the_same_over_a_minute_of_light_is_frozen():
    sensors = Sensors()
    thermometers = Thermometers(sensors)
    for lit_ms, tip_mc, lock in (
        (0, 34000, LightLock.NONE),
        (59999, 34000, LightLock.NONE),
        (60000, 34000, LightLock.FROZEN),
        (60000, 34000, LightLock.FROZEN),
        (60000, 34008, LightLock.NONE),
        (119999, 34008, LightLock.NONE),
        (120000, 34008, LightLock.FROZEN),
    ):
        sensors.tip_mc = tip_mc
        thermometers.read(lit_ms)
        assert thermometers.lock == lock, lit_ms


def test_the_second_thermometer_may_freeze_as_well():
    sensors = Sensors(34000, 34000)
    thermometers = Thermometers(sensors)
    for lit_ms in range(0, 60001, 10000):
        sensors.tip_mc = 34000 + lit_ms // 1000
        thermometers.read(lit_ms)
    assert thermometers.lock == LightLock.FROZEN


def test_a_gap_does_not_thaw_it():
    sensors = Sensors()
    thermometers = Thermometers(sensors)
    thermometers.read(0)
    thermometers.read(60000)
    sensors.tip_mc = None
    thermometers.read(60000)
    sensors.tip_mc = 34000
    thermometers.read(60000)
    assert thermometers.lock == LightLock.FROZEN


def test_seven_minutes_of_full_light_in_ten_are_the_budget():
    duty = DutyLimit()
    now_ms = 0
    while duty.lock == LightLock.NONE:
        now_ms += 100
        duty.spend(6000, now_ms)  # 60 mA for 100 ms
    assert now_ms == 420000
    dark_ms = 0
    while duty.lock != LightLock.NONE:
        dark_ms += 100
        duty.spend(0, now_ms + dark_ms)
    assert 240000 <= dark_ms <= 270000  # the window has slid over the first minute of light


def test_light_within_the_budget_lasts():
    duty = DutyLimit()
    for now_ms in range(0, 3600000, 1000):
        duty.spend(39000, now_ms)  # 39 mA
        assert duty.lock == LightLock.NONE
    for now_ms in range(3600000, 4300000, 1000):
        duty.spend(44000, now_ms)
    assert duty.lock == LightLock.DUTY


def test_a_clock_that_jumps_forgets_what_is_older_than_the_window():
    duty = DutyLimit()
    duty.spend(25200000, 0)
    assert duty.lock == LightLock.DUTY
    duty.spend(0, 599999)
    assert duty.lock == LightLock.DUTY
    duty.spend(0, 1000000000)
    assert duty.lock == LightLock.NONE


def demand(steady=True):
    found = Demand()
    found.ask([500] * 3, steady, 0)
    return found


def expired(found, now_ms):
    told: list[int] = []
    found.expire(now_ms, told.append)
    return found.wanted, told


def test_light_for_an_exposure_needs_no_steady_light():
    found = demand(steady=False)
    assert expired(found, 0) == (False, [])
    found.begin_exposure(0)
    assert expired(found, 0) == (True, [])
    found.end_exposure(5)
    assert expired(found, 5) == (False, [])


def test_an_exposure_of_more_than_a_second_is_put_out_and_told_once():
    found = demand(steady=False)
    found.begin_exposure(100)
    assert expired(found, 1100) == (True, [])
    assert expired(found, 1101) == (False, [LightAlarm.EXPOSURE_TOO_LONG])
    assert expired(found, 1102) == (False, [])


def test_steady_light_ends_when_the_host_is_silent_for_three_seconds():
    found = demand()
    assert expired(found, 3000) == (True, [])
    found.heard(2000)
    assert expired(found, 5000) == (True, [])
    assert expired(found, 5001) == (False, [LightAlarm.HOST_SILENT])
    found.heard(9000)
    assert expired(found, 9000) == (False, [])  # it stays off until it is asked for again


def test_steady_light_ends_when_nothing_is_taken_for_two_minutes():
    found = demand()
    found.heard(120001)
    assert expired(found, 120000) == (True, [])
    assert expired(found, 120001) == (False, [LightAlarm.IDLE])


def test_a_capture_keeps_steady_light_on():
    found = demand()
    found.begin_exposure(100000)
    found.end_exposure(100500)
    found.heard(220500)
    assert expired(found, 220500) == (True, [])
    assert expired(found, 220501) == (False, [LightAlarm.IDLE])


def test_goodbye_ends_steady_light_and_keeps_the_levels():
    found = demand()
    found.host_gone()
    assert not found.wanted
    assert found.levels_permille == [500] * 3


def test_in_its_dock_or_suspended_there_is_no_light_and_what_cannot_be_read_is_docked():
    sensors = Sensors()
    surroundings = Surroundings(sensors)
    for docked, suspended, fails, lock in (
        (False, False, False, LightLock.NONE),
        (True, False, False, LightLock.DOCKED),
        (False, True, False, LightLock.SUSPENDED),
        (False, False, True, LightLock.DOCKED),
        (False, False, False, LightLock.NONE),
    ):
        sensors.is_docked, sensors.is_suspended, sensors.fails = docked, suspended, fails
        surroundings.look()
        assert surroundings.lock == lock


def test_news_that_could_not_be_told_are_told_later_and_in_order():
    news = News()
    told: list[int] = []

    def tell(code):
        if len(told) == 1 and not tell_works:
            raise OSError
        told.append(code)

    tell_works = False
    for code in (1, 2, 0):
        news.add(code)
    try:
        news.tell(tell)
        raise AssertionError("it did not raise")
    except OSError:
        pass
    tell_works = True
    news.tell(tell)
    assert told == [1, 2, 0]
    news.tell(tell)
    assert told == [1, 2, 0]


def test_news_are_bounded_and_what_is_lost_is_counted():
    news = News()
    told: list[int] = []
    for code in range(20):
        news.add(code)
    news.tell(told.append)
    assert told == list(range(4, 20))
    assert news.lost == 4


def test_what_is_so_is_told_once_when_it_becomes_so():
    news = News()
    told: list[int] = []
    for on in (False, True, True, False, True):
        news.when(35, on)
        assert news.on(35) == on
    news.tell(told.append)
    assert told == [35, 35]
