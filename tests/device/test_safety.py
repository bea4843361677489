"""The safety check as a whole: one board, one host, and the order in which things are done."""

from camera_app import hal
from camera_app.safety.safety import Safety
from oralcam_protocol.wire.enums import LightAlarm, LightLock

DARK = [0, 0, 0]


class Board:
    """Hardware, and what is wrong with it."""

    def __init__(self):
        self.now_us = 1000000
        self.tip_mc = 34000
        self.chip_mc = None
        self.broken = {}
        self.calls = []
        self.currents = DARK
        self.line = True  # of a bootloader that does not know better
        self.docked = False
        self.told = 0
        self.rated_ua = 20000

    def meet(self, call):
        self.calls.append(call)
        if call in self.broken:
            raise self.broken[call]

    @property
    def light(self):
        return sum(self.currents) if self.line else 0


class Ring(hal.Ring):
    def __init__(self, board):
        self.board = board
        self.rated_ua = board.rated_ua

    def enable(self, on):
        self.board.meet("enable")
        self.board.line = on

    def apply(self, currents_ua):
        self.board.meet("apply")
        self.board.currents = list(currents_ua)

    def faults(self):
        self.board.meet("faults")
        return self.board.told


class Sensors(hal.Sensors):
    def __init__(self, board):
        self.board = board

    def tip_temperature_mc(self):
        self.board.meet("tip")
        return self.board.tip_mc

    def die_temperature_mc(self):
        self.board.meet("die")
        return self.board.chip_mc

    def docked(self):
        self.board.meet("docked")
        return self.board.docked


class Watchdog(hal.Watchdog):
    def __init__(self, board):
        self.board = board
        self.timeout_ms = 0
        self.fed = 0

    def start(self, timeout_ms):
        self.board.meet("start")
        self.timeout_ms = timeout_ms

    def feed(self):
        self.board.meet("feed")
        self.fed += 1


class Ticks(hal.Ticks):
    def __init__(self, board):
        self.board = board

    def ticks_us(self):
        self.board.meet("ticks")
        return self.board.now_us % self.WRAP_US


class Camera:
    """A board that runs the check ten times a second."""

    def __init__(self, **more):
        self.board = Board()
        for name, value in more.items():
            setattr(self.board, name, value)
        self.watchdog = Watchdog(self.board)
        self.safety = Safety(Ring(self.board), Sensors(self.board), self.watchdog, Ticks(self.board))
        self.told = []
        self.safety.start()
        self.run(100)

    def run(self, ms, heard=False):
        for _ in range(ms // 100):
            self.board.now_us += 100000
            if heard:
                self.safety.heard()
            self.safety.check()
            del self.board.calls[20:]  # a camera runs for long, the heap is small
        self.safety.news.tell(self.told.append)

    def lit(self):
        self.safety.ask([600, 600, 600], True)
        assert self.board.light == 36000
        self.told.clear()
        return self


def test_it_starts_dark_whatever_was_before_and_then_with_a_watchdog_of_eight_seconds():
    camera = Camera()
    assert camera.board.calls[:3] == ["enable", "apply", "start"]
    assert (camera.board.line, camera.watchdog.timeout_ms) == (False, 8000)
    assert camera.told == [LightLock.NONE]


def test_without_a_watchdog_there_is_no_camera_and_no_light():
    board = Board()
    board.broken["start"] = OSError(5)
    safety = Safety(Ring(board), Sensors(board), Watchdog(board), Ticks(board))
    try:
        safety.start()
        raise AssertionError("it did not raise")
    except OSError:
        assert board.light == 0


def test_levels_become_currents():
    camera = Camera()
    camera.safety.ask([1000, 500, 1], True)
    assert (camera.board.currents, camera.board.line) == ([20000, 10000, 20], True)
    assert camera.safety.currents_ua == [20000, 10000, 20]
    camera.safety.ask([2000, -5, float("nan")], True)  # type: ignore[list-item]
    assert camera.board.light == 0
    camera.safety.ask([1000, 1000, 1000], False)
    assert camera.board.light == 0


def test_no_rating_lifts_the_cap():
    for rated_ua, light in ((60000, 60000), (-20000, 0), (0, 0)):
        camera = Camera(rated_ua=rated_ua)
        camera.safety.ask([1000, 1000, 1000], True)
        assert camera.board.light == light


def test_what_raises_on_the_way_is_dark_at_the_next_check_and_light_again_when_it_works():
    for call in ("tip", "die", "docked", "ticks"):
        camera = Camera().lit()
        camera.board.broken[call] = OSError(19)
        camera.run(100)
        assert camera.board.light == 0, call
        assert camera.safety.lock != LightLock.NONE
        assert camera.told != []
        camera.board.broken.clear()
        camera.run(1000, heard=True)
        assert camera.safety.lock == LightLock.NONE, call
        assert camera.board.light == 36000, call


def test_an_error_of_our_own_is_dark_as_well():
    camera = Camera().lit()
    for error in (MemoryError(), ValueError(), TypeError(), AttributeError()):
        camera.board.broken["tip"] = error
        camera.run(100)
        assert (camera.board.light, camera.safety.temperature_mc) == (0, None)


def test_a_thermometer_that_fails_for_once_does_not_forget_the_heat():
    camera = Camera().lit()
    camera.board.tip_mc = 41000
    camera.run(100)
    camera.board.broken["tip"] = OSError(19)
    camera.run(100)
    camera.board.broken.clear()
    camera.board.tip_mc = 39000
    camera.run(10000, heard=True)
    assert (camera.safety.lock, camera.board.light) == (LightLock.TOO_WARM, 0)
    assert camera.told[:3] == [LightLock.TOO_WARM, LightLock.NO_TEMPERATURE, LightLock.TOO_WARM]


def test_each_cause_is_dark_and_told():
    for name, value, lock in (
        ("tip_mc", 41000, LightLock.TOO_WARM),
        ("tip_mc", None, LightLock.NO_TEMPERATURE),
        ("tip_mc", -40000, LightLock.NO_TEMPERATURE),
        ("tip_mc", 200000, LightLock.NO_TEMPERATURE),
        ("chip_mc", 85000, LightLock.CHIP_TOO_WARM),
        ("docked", True, LightLock.DOCKED),
        ("told", 2, LightLock.RING_FAULT),
        ("told", 4, LightLock.RING_FAULT),
    ):
        camera = Camera().lit()
        setattr(camera.board, name, value)
        camera.run(100)
        assert (camera.board.light, camera.told) == (0, [lock]), (name, value)


def test_warm_is_less_light_and_told_once():
    camera = Camera(tip_mc=37900).lit()
    camera.board.tip_mc = 38000
    camera.run(5000, heard=True)
    assert (camera.board.light, camera.told) == (36000, [])
    for reading_mc in range(38000, 39001, 20):
        camera.board.tip_mc = reading_mc
        camera.run(100, heard=True)
    assert (camera.board.light, camera.told) == (3 * 9000, [LightAlarm.DERATED])
    camera.board.tip_mc = 37600
    camera.run(1000, heard=True)
    camera.board.tip_mc = 38100
    camera.run(1000, heard=True)
    assert camera.told == [LightAlarm.DERATED]
    camera.board.tip_mc = 37500
    camera.run(1000, heard=True)
    camera.board.tip_mc = 38001
    camera.run(1000, heard=True)
    assert camera.told == [LightAlarm.DERATED] * 2


def test_a_broken_led_is_told():
    camera = Camera().lit()
    camera.board.told = 1
    camera.run(300, heard=True)
    assert (camera.board.light, camera.told) == (36000, [LightAlarm.LED_BROKEN])


def test_a_silent_host_is_dark_after_three_seconds_and_told():
    camera = Camera().lit()
    camera.run(3000)
    assert camera.board.light == 36000
    camera.run(100)
    assert (camera.board.light, camera.told, camera.safety.steady) == (0, [LightAlarm.HOST_SILENT], False)


def test_goodbye_is_dark_at_once():
    camera = Camera().lit()
    camera.safety.host_gone()
    assert camera.board.light == 0


def test_an_exposure_is_lit_and_then_dark_again():
    camera = Camera()
    camera.safety.ask([600, 600, 600], False)
    assert camera.safety.begin_exposure()
    assert camera.board.light == 36000
    assert camera.safety.end_exposure()
    assert camera.board.light == 0


def test_an_exposure_reads_the_temperature_of_its_own_moment():
    camera = Camera()
    camera.safety.ask([600, 600, 600], False)
    camera.board.tip_mc = 41000
    assert not camera.safety.begin_exposure()
    assert camera.board.light == 0
    camera.safety.end_exposure()
    assert camera.board.light == 0


def test_an_exposure_without_light_needs_none():
    camera = Camera()
    camera.safety.ask(DARK, False)
    camera.board.tip_mc = None  # type: ignore[assignment]
    assert camera.safety.begin_exposure()
    assert camera.safety.end_exposure()


def test_light_that_goes_out_in_the_middle_spoils_the_exposure():
    camera = Camera()
    camera.safety.ask([600, 600, 600], False)
    assert camera.safety.begin_exposure()
    camera.board.docked = True
    camera.run(100)
    camera.board.docked = False
    camera.run(100)
    assert camera.board.light == 36000
    assert not camera.safety.end_exposure()
    assert camera.safety.begin_exposure()
    camera.run(1100)
    assert (camera.board.light, camera.told[-1]) == (0, LightAlarm.EXPOSURE_TOO_LONG)
    assert not camera.safety.end_exposure()


def test_the_watchdog_is_fed_once_a_check_and_by_nothing_else():
    camera = Camera()
    camera.watchdog.fed = 0
    camera.run(1000)
    assert camera.watchdog.fed == 10
    for _ in range(50):
        camera.safety.ask([600, 600, 600], True)
        camera.safety.heard()
        camera.safety.begin_exposure()
        camera.safety.end_exposure()
        camera.safety.host_gone()
    assert camera.watchdog.fed == 10


def test_a_clock_that_stands_still_is_dark_and_the_watchdog_starves():
    camera = Camera().lit()
    camera.watchdog.fed = 0
    for _ in range(4):
        camera.safety.check()
    assert (camera.board.light, camera.safety.lock) == (0, LightLock.CLOCK_STOPPED)
    assert camera.watchdog.fed == 0
    camera.run(200)
    assert (camera.safety.lock, camera.watchdog.fed) == (LightLock.NONE, 2)


def test_a_check_that_fails_feeds_nothing():
    camera = Camera().lit()
    camera.watchdog.fed = 0
    camera.board.broken["ticks"] = OSError(5)
    camera.run(1000)
    assert (camera.watchdog.fed, camera.board.light) == (0, 0)


def test_an_enable_line_that_cannot_be_pulled_starves_the_watchdog():
    camera = Camera().lit()
    camera.board.broken["enable"] = OSError(5)
    camera.safety.host_gone()
    camera.watchdog.fed = 0
    camera.run(1000)
    assert (camera.watchdog.fed, camera.board.light) == (0, 0)  # the driver's currents are 0
    camera.board.broken.clear()
    camera.run(200)
    assert (camera.watchdog.fed, camera.board.line) == (2, False)


def test_a_watchdog_that_raises_stops_no_check():
    camera = Camera().lit()
    camera.board.broken["feed"] = OSError(5)
    camera.run(100)
    assert (camera.board.light, camera.safety.lock) == (36000, LightLock.NONE)
    camera.board.tip_mc = 45000
    camera.run(100)
    assert camera.board.light == 0


def test_light_is_counted_while_it_may_be_on():
    camera = Camera().lit()
    camera.run(2000, heard=True)
    assert camera.safety.lit_ms == 2000
    camera.safety.host_gone()
    camera.run(5000)
    assert camera.safety.lit_ms == 2000


def test_seven_minutes_of_full_light_and_then_none():
    camera = Camera()
    camera.safety.ask([1000, 1000, 1000], True)
    for second in range(420):
        camera.board.tip_mc = 34000 + second % 2
        camera.run(1000, heard=True)
        camera.safety.begin_exposure()
        camera.safety.end_exposure()
    camera.run(200, heard=True)
    assert (camera.safety.lock, camera.board.light) == (LightLock.DUTY, 0)


def test_a_frozen_thermometer_is_dark_after_a_minute_of_light():
    camera = Camera().lit()
    camera.run(60000, heard=True)
    assert camera.safety.lock == LightLock.NONE
    camera.run(200, heard=True)
    assert (camera.safety.lock, camera.board.light) == (LightLock.FROZEN, 0)
