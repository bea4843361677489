"""Arrivals and departures, by a listing and a clock that the test holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oralcam
from oralcam.discovery.cameras import CameraInfo
from oralcam.discovery.hotplug import POLL_S, UNREADABLE_LOOKS, Attendance, CameraChange, follow

A = CameraInfo("OC-1", "/dev/ttyACM0", "usb", "oralcam")
B = CameraInfo("OC-2", "/dev/ttyACM1", "usb", "oralcam")
A_ELSEWHERE = CameraInfo("OC-1", "/dev/ttyACM7", "usb", "oralcam")


class World:
    """What is plugged in at each look; the last stays. Time passes only in `sleep`."""

    def __init__(self, *listings: list[CameraInfo] | Exception) -> None:
        self._listings = list(listings)
        self.now_s = 100.0
        self.slept: list[float] = []
        self.looks = 0

    def listing(self) -> list[CameraInfo]:
        shown = self._listings[min(self.looks, len(self._listings) - 1)]
        self.looks += 1
        if isinstance(shown, Exception):
            raise shown
        return shown

    def sleep(self, time_s: float) -> None:
        self.slept.append(time_s)
        self.now_s += time_s

    def watch(self, timeout: float | None = 2.0, *, present: bool = True) -> Iterator[CameraChange]:
        attendance = Attendance(present=present, listing=self.listing)
        return follow(attendance, timeout, lambda: self.now_s, self.sleep)


def told(changes: Iterator[CameraChange]) -> list[tuple[str, CameraInfo]]:
    return [(change.kind, change.camera) for change in changes]


def test_those_that_are_there_arrive_first_then_changes_come_as_they_are() -> None:
    world = World([A], [A], [A, B], [B], [B])
    assert told(world.watch()) == [("arrived", A), ("arrived", B), ("left", A)]


def test_interfaces_that_come_one_by_one_are_one_camera() -> None:
    bulk = CameraInfo("OC-1", "usb:1-1", "usb", "oralcam", ("usb:1-1",))
    both = CameraInfo("OC-1", "/dev/ttyACM0", "usb", "oralcam", ("usb:1-1", "/dev/ttyACM0"))
    serial = CameraInfo("OC-1", "/dev/ttyACM0", "usb", "oralcam", ("/dev/ttyACM0",))
    assert told(World([], [bulk], [both], [serial], []).watch()) == [("arrived", bulk), ("left", serial)]


def test_a_trouble_that_is_over_is_told() -> None:
    denied = CameraInfo("OC-1", "usb:1-1", "usb", "oralcam", ("usb:1-1",), trouble="It may not be opened.")
    allowed = CameraInfo("OC-1", "usb:1-1", "usb", "oralcam", ("usb:1-1",))
    assert told(World([denied], [allowed]).watch()) == [
        ("arrived", denied),
        ("left", denied),
        ("arrived", allowed),
    ]


def test_a_camera_that_is_just_being_set_up_is_told_of_when_it_is() -> None:
    half = CameraInfo("OC-1", "", "usb", "oralcam", (), trouble="not set up")
    assert told(World([], [half], [A], []).watch()) == [("arrived", A), ("left", A)]
    assert told(World([], [half], [half], [half], []).watch()) == [("arrived", half), ("left", half)]
    assert told(World([], [half], []).watch()) == []


def test_those_that_are_there_can_be_left_out() -> None:
    assert told(World([A], [A], [A, B], [B]).watch(present=False)) == [("arrived", B), ("left", A)]


def test_left_out_is_who_was_there_when_the_watch_was_asked_for() -> None:
    world = World([A], [A, B])
    changes = world.watch(present=False)
    assert world.looks == 1
    assert told(changes) == [("arrived", B)]


def test_a_camera_that_is_back_on_another_port_has_left_and_arrived() -> None:
    assert told(World([A], [A_ELSEWHERE]).watch(present=False)) == [("left", A), ("arrived", A_ELSEWHERE)]


def test_two_cameras_without_serial_numbers_are_two() -> None:
    first, second = CameraInfo("", "COM3", "usb", "oralcam"), CameraInfo("", "COM4", "usb", "oralcam")
    assert told(World([first, second], [second]).watch()) == [
        ("arrived", first),
        ("arrived", second),
        ("left", first),
    ]


def test_it_ends_after_so_long_without_a_change() -> None:
    world = World([], [], [A])
    assert told(world.watch(3.2)) == [("arrived", A)]
    assert world.slept == pytest.approx([POLL_S] * 8 + [0.2])
    assert world.now_s == pytest.approx(100 + 2 * POLL_S + 3.2)


def test_the_time_that_a_program_takes_over_a_change_is_not_counted() -> None:
    world = World([A], [A, B])
    changes = world.watch(1.0)
    assert next(changes).camera == A
    world.now_s += 60
    assert next(changes).camera == B


def test_a_timeout_of_nothing_looks_once_more_and_ends() -> None:
    world = World([A])
    assert told(world.watch(0)) == [("arrived", A)]
    assert sum(world.slept) == 0


def test_without_a_timeout_it_waits_on_until_it_is_closed() -> None:
    world = World(*[[]] * 5000, [A], [])
    changes = world.watch(None)
    assert next(changes).camera == A
    changes.close()  # type: ignore[attr-defined]  # of every generator
    assert list(changes) == []
    assert world.looks == 5001


@pytest.mark.parametrize("torn", [OSError("gone"), TypeError("int() of None"), ValueError("''")])
def test_a_port_that_goes_while_it_is_described_is_looked_at_again(torn: Exception) -> None:
    assert told(World([A, B], torn, [B]).watch()) == [("arrived", A), ("arrived", B), ("left", A)]
    assert told(World(torn, [A], torn, [A, B]).watch(present=False)) == [("arrived", B)]


def test_a_listing_that_never_works_is_no_silence() -> None:
    world = World(OSError("no /sys"))
    with pytest.raises(OSError, match="no /sys"):
        list(world.watch(None))
    assert world.looks == UNREADABLE_LOOKS


@given(
    st.lists(st.lists(st.sampled_from([A, B, A_ELSEWHERE]), unique=True), min_size=1, max_size=12),
    st.booleans(),
)
def test_whoever_keeps_the_books_knows_who_is_there(listings: list[list[CameraInfo]], present: bool) -> None:
    there = set() if present else set(listings[0])
    for change in World(*listings).watch(60, present=present):
        book: Callable[[CameraInfo], None] = there.add if change.kind == "arrived" else there.remove
        assert (change.camera in there) == (change.kind == "left")
        book(change.camera)
    assert there == set(listings[-1])


def test_it_is_a_public_name() -> None:
    assert {"watch_cameras", "CameraChange"} <= set(oralcam.__all__)
    assert oralcam.CameraChange is CameraChange
