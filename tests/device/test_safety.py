"""The safety check as a whole: what is lit when, and what is told."""

from safety_camera import DARK, Board, Camera, Ring, Sensors, Ticks, Watchdog  # type: ignore[import-not-found]

from camera_app.safety.safety import Safety
from oralcam_protocol.wire.enums import LightAlarm, LightLock


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
    camera.safety.ask([2000, -5, float("nan")], True)
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
    camera.board.tip_mc = None
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
