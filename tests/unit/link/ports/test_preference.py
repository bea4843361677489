"""Bulk comes first, unless it was not wanted, is not there, or is not worth it."""

from __future__ import annotations

import pytest

from oralcam.errors import NotACamera, PortInUse
from oralcam.link.ports import device_lock
from oralcam.link.ports.preference import FLAPS, GRACE, STEADY_S, Preference

BOTH = ["/dev/ttyACM0", "usb:1-1"]
FIRST = ["usb:1-1", "/dev/ttyACM0"]


def opened(port: str = "usb:1-1") -> Preference:
    preference = Preference(FIRST)
    preference.ranked(FIRST, 0, 0.0)
    preference.taken(port, 0.0)
    return preference


def test_bulk_comes_first() -> None:
    assert Preference(BOTH).ranked(BOTH, 0, 0.0) == FIRST


@pytest.mark.parametrize(
    ("named", "used"), [("usb:1-1", ["usb:1-1"]), ("COM3", ["/dev/ttyACM0"]), ("socket://h:1", [])]
)
def test_a_named_port_is_the_only_kind_that_is_used(named: str, used: list[str]) -> None:
    preference = Preference(named)
    assert preference.ranked(BOTH, 3, 0.0) == used
    assert preference.why_not_bulk == ("" if named == "usb:1-1" else "The port was named.")


def test_why_not_bulk_is_the_last_reason_and_none_once_it_is_used() -> None:
    preference = Preference(FIRST)
    preference.ranked(["/dev/ttyACM0"], 0, 0.0)
    assert "no bulk interface" in preference.why_not_bulk
    preference.refused("/dev/ttyACM0", NotACamera("of no interest"))
    preference.refused("usb:1-1", NotACamera("Nothing answers on usb:1-1."))
    assert preference.why_not_bulk == "Nothing answers on usb:1-1."
    preference.taken("usb:1-1", 0.0)
    assert preference.why_not_bulk == ""


@pytest.mark.parametrize("locks", [True, False])
def test_a_session_of_another_program_is_not_taken_away(monkeypatch: pytest.MonkeyPatch, locks: bool) -> None:
    monkeypatch.setattr(device_lock, "AVAILABLE", locks)  # with a lock, who gets as far as a port has it
    assert Preference(FIRST).refused("usb:1-1", PortInUse("held")) is not locks


def test_a_camera_that_was_plugged_in_again_gets_a_moment_for_its_bulk_interface() -> None:
    preference = opened()
    assert preference.ranked(BOTH, 1, 1.0) == FIRST  # it may be the bulk interface alone that went
    for look in range(2, 2 + GRACE):
        assert preference.ranked([], look, 1.0) == []
    for look in range(2, 2 + GRACE):
        assert preference.ranked(["/dev/ttyACM0"], look, 1.0) == []
    assert preference.ranked(["/dev/ttyACM0"], 9, 1.0) == ["/dev/ttyACM0"]


def test_one_that_used_its_serial_port_waits_for_nothing() -> None:
    assert opened("/dev/ttyACM0").ranked(["/dev/ttyACM0"], 2, 1.0) == ["/dev/ttyACM0"]


def fail(preference: Preference, now: float) -> list[str]:
    order = preference.ranked(FIRST, 1, now)
    preference.taken(order[0], now, was_there=True)
    return order


def test_a_bulk_interface_that_fails_though_it_was_there_all_the_time_comes_last() -> None:
    preference = opened()
    for _ in range(FLAPS):
        assert fail(preference, 1.0) == FIRST
    assert preference.ranked(FIRST, 1, 1.0) == BOTH
    assert "several times" in preference.why_not_bulk


def test_that_is_forgotten_after_a_plug_or_a_good_while() -> None:
    for look, now in ((2, 1.0), (1, STEADY_S + 2)):
        preference = opened()
        for _ in range(FLAPS):
            fail(preference, 1.0)
        assert preference.ranked(FIRST, look, now)[0] == "usb:1-1"
