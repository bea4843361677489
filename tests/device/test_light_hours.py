"""Light hours are counted over resets, and written down seldom."""

from camera_app.hal import Records
from camera_app.services.light_hours import LightHours
from camera_app.services.log import Log


class Flash(Records):
    def __init__(self):
        self.content = {}
        self.saves = 0
        self.fails = False

    def load(self, name):
        return self.content.get(name, b"")

    def save(self, name, data):
        self.saves += 1
        if self.fails:
            raise OSError(28)
        self.content[name] = data


class Safety:
    lit_ms = 0


def test_they_go_on_after_a_reset_and_at_most_two_minutes_are_lost():
    flash = Flash()
    total_s = 0
    for lit_s in (119, 120, 1000, 5):
        safety = Safety()
        hours = LightHours(flash, lambda: safety.lit_ms, Log())
        assert hours.total_s == total_s
        for second in range(lit_s + 1):
            safety.lit_ms = second * 1000
            hours.keep()
        total_s += lit_s // 120 * 120
    assert total_s == 1080
    assert flash.saves == 9


def test_a_save_that_fails_is_tried_again_two_minutes_of_light_later():
    flash = Flash()
    safety = Safety()
    hours = LightHours(flash, lambda: safety.lit_ms, Log())
    flash.fails = True
    for second in range(241):
        safety.lit_ms = second * 1000
        hours.keep()
    assert flash.saves == 2
    assert hours.total_ms == 240000


def test_more_than_the_wire_can_say_is_told_as_the_most_that_it_can():
    safety = Safety()
    safety.lit_ms = 5 * 10**9
    assert LightHours(Flash(), lambda: safety.lit_ms, Log()).total_ms == 0xFFFFFFFF
