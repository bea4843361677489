"""Whose a photo is: the patient armed at the press, by the clock; else nobody's until a person says."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from oralcam.errors import InvalidPatient, InvalidRecord
from oralcam.record import Assigned, Doubt, HostTime, PatientContext, Quarantined, TakenPhoto, Timeline
from oralcam.record.assignment.timeline import EARLIER_KEPT, PRESS_LEAD_S, TOLERANCE_S
from tests.unit.record.strategies import NOON, patient, photo

ANNA, BERT, CARL = patient(1), patient(2), patient(3)


def at(second: float, *, set_by: float = 0.0) -> HostTime:
    """So many seconds past noon; the host's clock was set forward by `set_by` before."""
    return HostTime(NOON + timedelta(seconds=second + set_by), 1000.0 + second)


def press(second: float, *, off: float = 0.002, exposed_after: float = 0.1) -> TakenPhoto:
    moment = NOON + timedelta(seconds=second)
    return photo(
        taken_at=moment + timedelta(seconds=exposed_after), taken_at_uncertainty_s=off, pressed_at=moment
    )


def verdict(timeline: Timeline, taken: TakenPhoto, now: float = 3600.0) -> tuple[str, list[PatientContext]]:
    said = timeline.assign(taken, at(now))
    if isinstance(said, Assigned):
        return "assigned", [said.patient]
    return said.doubt.value, list(said.candidates)


DAY = Timeline.begun(at(0)).arm(ANNA, at(10)).arm(BERT, at(20)).disarm(at(30)).arm(CARL, at(40))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (5, ("unarmed", [ANNA])),
        (15, ("assigned", [ANNA])),
        (19.8, ("assigned", [ANNA])),
        (20.2, ("assigned", [BERT])),
        (25, ("assigned", [BERT])),
        (35, ("unarmed", [CARL, BERT])),
        (50, ("assigned", [CARL])),
        (3000, ("assigned", [CARL])),
        (-5, ("before_reconnect", [])),
    ],
)
def test_the_patient_is_the_one_at_the_press(
    second: float, expected: tuple[str, list[PatientContext]]
) -> None:
    assert verdict(DAY, press(second)) == expected


@pytest.mark.parametrize(
    ("second", "candidates"), [(10, [ANNA]), (20, [BERT, ANNA]), (30, [BERT]), (40, [CARL])]
)
@pytest.mark.parametrize("beside_s", [-TOLERANCE_S, -0.01, 0.0, 0.01, TOLERANCE_S])
def test_a_press_too_close_to_a_change_is_nobodys(
    second: float, candidates: list[PatientContext], beside_s: float
) -> None:
    assert verdict(DAY, press(second + beside_s)) == ("change_of_patient", candidates)


def test_the_worse_the_clock_the_wider_the_doubt() -> None:
    assert verdict(DAY, press(22, off=1.0)) == ("assigned", [BERT])
    assert verdict(DAY, press(22, off=2.0)) == ("change_of_patient", [BERT, ANNA])
    assert verdict(DAY, press(25, off=30.0))[0] == "before_reconnect"


def test_a_photo_that_arrives_after_the_switch_is_still_the_first_patients() -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(1))
    taken = press(5)
    later = timeline.arm(BERT, at(6))
    assert later.assign(taken, at(60)) == Assigned(ANNA)
    assert timeline.assign(taken, at(5.5)) == Assigned(ANNA)  # a value: the old timeline is as it was


def test_a_press_counts_and_not_the_exposure_that_a_busy_camera_makes_later() -> None:
    assert verdict(DAY, press(19, exposed_after=1.5)) == ("assigned", [ANNA])


def test_without_the_event_of_the_press_it_may_be_as_old_as_a_busy_camera_makes_it() -> None:
    def exposed(second: float) -> TakenPhoto:
        return photo(taken_at=NOON + timedelta(seconds=second))

    assert verdict(DAY, exposed(20 + PRESS_LEAD_S - 0.1)) == ("change_of_patient", [BERT, ANNA])
    assert verdict(DAY, exposed(20 + PRESS_LEAD_S + 0.2)) == ("assigned", [BERT])
    asked = photo(press_number=None, taken_at=NOON + timedelta(seconds=20.2))  # by a program: no press
    assert verdict(DAY, asked) == ("assigned", [BERT])


def test_a_photo_from_before_a_reset_has_no_time_and_names_everybody() -> None:
    unknown = photo(taken_at=None, taken_at_uncertainty_s=None)
    assert verdict(DAY.connected(at(50)), unknown) == ("time_unknown", [CARL, BERT, ANNA])


def test_a_photo_from_before_a_reconnect_is_nobodys_and_names_who_was_armed_then() -> None:
    again = DAY.connected(at(50))
    assert verdict(again, press(25)) == ("before_reconnect", [BERT])
    assert verdict(again, press(45)) == ("before_reconnect", [CARL])
    assert verdict(again, press(50)) == ("before_reconnect", [CARL])
    assert verdict(again, press(55)) == ("assigned", [CARL])  # who was armed still is
    assert verdict(Timeline.begun(at(0)).connected(at(5)), press(10)) == ("unarmed", [])


def test_a_reconnect_that_is_told_after_the_next_arming_does_not_begin_that_one_earlier() -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(10)).arm(BERT, at(21)).connected(at(20))
    assert verdict(timeline, press(20.5)) == ("unarmed", [BERT, ANNA])
    assert verdict(timeline, press(22)) == ("assigned", [BERT])
    assert verdict(timeline, press(15)) == ("before_reconnect", [ANNA])


def test_an_arming_ends_by_itself() -> None:
    short = ANNA.armed_again(at(10).at, timedelta(seconds=10))
    timeline = Timeline.begun(at(0)).arm(short, at(10))
    assert verdict(timeline, press(15)) == ("assigned", [short])
    assert verdict(timeline, press(20)) == ("expired", [short])  # straddles its end
    assert verdict(timeline, press(25)) == ("expired", [short])
    assert timeline.armed(at(15).at) == short
    assert timeline.armed(at(20).at) is None
    renewed = timeline.arm(ANNA, at(30))
    assert verdict(renewed, press(25)) == ("expired", [short])
    assert verdict(renewed, press(30)) == ("expired", [ANNA])
    assert verdict(renewed, press(35)) == ("assigned", [ANNA])
    assert verdict(timeline.connected(at(40)), press(45)) == ("expired", [short])
    with pytest.raises(InvalidPatient, match="has expired"):
        timeline.arm(short, at(20))


def test_the_same_patient_armed_again_leaves_no_doubt_in_between() -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(10)).arm(ANNA.armed_again(at(20).at), at(20))
    name, (who,) = verdict(timeline, press(20))
    assert name == "assigned"
    assert who.is_same_patient(ANNA)


def test_two_of_one_name_are_never_taken_for_one() -> None:
    twin = patient(1, patient_id="P9")
    assert (twin.family_name, twin.given_name) == (ANNA.family_name, ANNA.given_name)
    timeline = Timeline.begun(at(0)).arm(ANNA, at(10)).arm(twin, at(20))
    assert verdict(timeline, press(20)) == ("change_of_patient", [twin, ANNA])


def test_armed_at_once_and_changed_at_once_leaves_nobody_out() -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(10)).arm(BERT, at(10))
    assert verdict(timeline, press(10.5)) == ("assigned", [BERT])
    assert timeline.armed(at(10).at) == BERT


@pytest.mark.parametrize("by_s", [-3600.0, -2.0, 2.0, 3600.0])
def test_nothing_is_assigned_while_the_hosts_clock_was_set_and_nobody_noticed(by_s: float) -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(10)).arm(BERT, at(1800))
    taken = press(1900 + by_s)  # by the clock as it is now
    now = at(1901, set_by=by_s)
    assert timeline.clock_was_set(now)
    said = timeline.assign(taken, now)
    assert said == Quarantined(Doubt.CLOCK_SET, (BERT, ANNA))
    noticed = timeline.connected(now)
    assert noticed.armed(now.at) == BERT
    assert noticed.assign(press(1950 + by_s), at(1951, set_by=by_s)) == Assigned(BERT)
    again = noticed.assign(taken, at(1951, set_by=by_s))
    assert isinstance(again, Quarantined)


@pytest.mark.parametrize("by_s", [-3600.0, 3600.0])
def test_setting_the_clock_makes_no_arming_longer_or_shorter(by_s: float) -> None:
    short = ANNA.armed_again(at(10).at, timedelta(seconds=60))
    timeline = Timeline.begun(at(0)).arm(short, at(10)).connected(at(20, set_by=by_s))
    assert timeline.assign(press(60 + by_s), at(100, set_by=by_s)) == Assigned(short)
    assert timeline.assign(press(80 + by_s), at(100, set_by=by_s)) == Quarantined(Doubt.EXPIRED, (short,))


def test_an_act_after_the_clock_was_set_begins_anew() -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(10)).arm(BERT, at(1900, set_by=-1800.0))
    assert timeline.begins == at(100).at
    assert timeline.assign(press(50), at(1950, set_by=-1800.0)) == Quarantined(
        Doubt.BEFORE_RECONNECT, (ANNA,)
    )
    assert timeline.assign(press(120), at(1950, set_by=-1800.0)) == Assigned(BERT)
    ended = timeline.disarm(at(2000, set_by=0.0))
    assert ended.armed(at(2001).at) is None


def test_a_clock_that_drifts_was_not_set() -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(0))
    hours = 8 * 3600
    assert not timeline.clock_was_set(at(hours, set_by=hours * 50e-6))
    assert timeline.clock_was_set(at(hours, set_by=5.0))


def test_a_photo_later_than_now_shows_a_wrong_clock() -> None:
    assert verdict(DAY, press(3700)) == ("clock_set", [CARL, BERT, ANNA])


def test_the_hour_that_comes_twice_in_autumn_is_two_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    summer = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=0)
    winter = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1)
    timeline = Timeline.begun(HostTime(summer - timedelta(hours=1), 0.0))
    timeline = timeline.arm(ANNA, HostTime(summer, 3600.0)).arm(BERT, HostTime(winter, 7200.0))
    between = photo(taken_at=summer.astimezone(timezone.utc) + timedelta(minutes=30), press_number=None)
    assert timeline.assign(between, HostTime(winter, 7200.0)) == Assigned(ANNA)


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="offset"):
        Timeline.begun(HostTime(datetime(2026, 3, 4), 0.0))


def test_a_day_of_reconnects_does_not_grow_without_end() -> None:
    timeline = Timeline.begun(at(0)).arm(ANNA, at(1))
    for second in range(2, 1000):
        timeline = timeline.connected(at(second))
    assert len(timeline.earlier) == EARLIER_KEPT
    assert len(timeline.armings) == 1
    assert [doubt.sentence for doubt in Doubt if not doubt.sentence.endswith(".")] == []
