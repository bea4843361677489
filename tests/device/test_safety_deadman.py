"""The safety check over time: the watchdog, the clock, what adds up."""

from safety_camera import Camera  # type: ignore[import-not-found]

from oralcam_protocol.wire.enums import LightLock


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
