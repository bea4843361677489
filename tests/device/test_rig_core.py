"""The rig controller's decisions."""

from rig_app.core.strobe import StrobeWatch
from rig_app.core.thermostat import LIMIT_MC, Thermostat


def test_a_strobe_is_from_the_first_light_to_the_dark():
    watch = StrobeWatch(threshold_mv=200)
    assert not watch.feed(100, [12, 13, 199])
    assert not watch.feed(200, [12, 200, 0])
    assert not watch.feed(300, [2000, 2000, 2000])
    assert not watch.feed(400, [12, 176, 0])  # noise at the threshold is no end
    assert watch.feed(500, [12, 174, 0])
    assert (watch.lit_us, watch.dark_us) == (200, 500)
    watch.feed(600, [2000, 0, 0])
    assert (watch.lit_us, watch.dark_us) == (200, 500)


def test_light_that_stays_has_no_end():
    watch = StrobeWatch(threshold_mv=200)
    for at in range(1, 100):
        assert not watch.feed(at, [500, 500, 500])
    assert (watch.lit_us, watch.dark_us) == (1, 0)


def test_a_thermostat_keeps_a_temperature():
    thermostat = Thermostat()
    thermostat.ask(42000)
    temperature, lowest, highest = 34000, 0, 0
    for step in range(2000):
        temperature += 20 if thermostat.heat(temperature, True) else -10
        if step > 1000:
            lowest = min(lowest or temperature, temperature)
            highest = max(highest, temperature)
    assert 41700 <= lowest < highest <= 42050


def test_nobody_and_nothing_heats_beyond_the_limit():
    thermostat = Thermostat()
    thermostat.ask(90000)
    assert thermostat.heat(LIMIT_MC - 1000, True)
    assert not thermostat.heat(LIMIT_MC, True)


def test_no_heat_without_a_reading_or_a_host():
    thermostat = Thermostat()
    assert not thermostat.heat(20000, True)
    thermostat.ask(42000)
    assert thermostat.heat(20000, True)
    assert not thermostat.heat(None, True)
    assert thermostat.heat(20000, True)
    assert not thermostat.heat(20000, False)
    assert not thermostat.heat(20000, True)  # a host that comes back asks anew
    thermostat.ask(42000)
    thermostat.ask(None)
    assert not thermostat.heat(20000, True)
