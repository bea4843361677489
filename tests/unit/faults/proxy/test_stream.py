"""A direction with faults: exact to the byte, the same however the bytes come in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.faults.proxy.faults import Fault
from tools.faults.proxy.stream import HOLD, REORDER_S, FaultyStream

DATA = bytes(range(200)) * 2
CUT_ANYWHERE = ("drop", "corrupt", "duplicate", "reorder")
FAULTS = st.lists(
    st.builds(
        Fault,
        st.sampled_from(CUT_ANYWHERE),
        st.just("up"),
        st.integers(0, len(DATA)),
        st.integers(1, 60),
    ),
    max_size=5,
)


def through(faults: list[Fault], data: bytes, cuts: list[int] | None = None) -> bytes:
    stream = FaultyStream(faults, "up")
    out = b""
    at = 0
    for cut in [*sorted(cuts or []), len(data)]:
        stream.feed(data[at:cut], 0.0)
        out += stream.take(0.0)
        at = cut
    return out + stream.take(1.0)


def test_no_fault_changes_nothing() -> None:
    assert through([], DATA) == DATA
    assert through([Fault("drop", "down", 0, 100)], DATA) == DATA


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("drop", "up", 2, 3), b"0156789"),
        (Fault("duplicate", "up", 2, 3), b"0123423456789"),
        (Fault("reorder", "up", 2, 3), b"0156723489"),
        (Fault("reorder", "up", 8, 5), b"0123456789"),  # the second never comes
        (Fault("truncate", "up", 4), b"0123"),
        (Fault("drop", "up", 100, 3), b"0123456789"),
    ],
    ids=str,
)
def test_each_fault_to_the_byte(fault: Fault, expected: bytes) -> None:
    assert through([fault], b"0123456789") == expected


def test_corrupted_bytes_are_other_bytes() -> None:
    out = through([Fault("corrupt", "up", 2, 3)], b"0123456789")
    assert out[:2] + out[5:] == b"0156789"
    assert all(one != other for one, other in zip(out[2:5], b"234", strict=True))


@given(FAULTS, st.lists(st.integers(0, len(DATA)), max_size=8))
def test_pieces_make_no_difference(faults: list[Fault], cuts: list[int]) -> None:
    assert through(faults, DATA, cuts) == through(faults, DATA)


@pytest.mark.parametrize(
    ("fault", "leaves_s"),
    [
        (Fault("stall", "up", 4, 0, 2.0), 2.0),
        (Fault("delay", "up", 4, 6, 2.0), 2.0),
        (Fault("rate", "up", 4, 6, 2.0), 2.0),
    ],
    ids=str,
)
def test_what_takes_time_takes_that_time(fault: Fault, leaves_s: float) -> None:
    stream = FaultyStream([fault], "up")
    stream.feed(b"0123456789", 0.0)
    assert stream.take(0.0) == b"0123"
    due_s = stream.next_s()
    assert due_s == pytest.approx(leaves_s)
    assert stream.take(leaves_s - 0.001) == b""
    assert stream.take(leaves_s) == b"456789"
    assert stream.next_s() is None


def test_half_open_swallows_for_its_time() -> None:
    stream = FaultyStream([Fault("half_open", "up", 4, 0, 2.0)], "up")
    stream.feed(b"0123456789", 0.0)
    stream.feed(b"abc", 1.9)
    stream.feed(b"def", 2.1)
    assert stream.take(2.1) == b"0123def"


def test_orders_are_for_who_holds_the_cable() -> None:
    faults = [Fault("cut", "up", 4), Fault("reset", "up", 5), Fault("clock_jump", "up", 6, 0, 9.0)]
    stream = FaultyStream(faults, "up")
    stream.feed(b"0123", 0.0)
    assert stream.take_orders() == [faults[0]]
    stream.feed(b"456789", 0.0)
    assert stream.take_orders() == faults[1:]
    assert stream.injected == {"cut": 1, "reset": 1, "clock_jump": 1}


def test_a_hang_up_loses_what_is_under_way_and_counting_goes_on() -> None:
    stream = FaultyStream([Fault("stall", "up", 2, 0, 9.0), Fault("drop", "up", 12, 2)], "up")
    stream.feed(b"0123456789", 0.0)
    stream.take(0.0)
    stream.hang_up()
    stream.feed(b"abcdef", 1.0)
    assert stream.take(1.0) == b"abef"


def test_healed_it_lets_go_of_everything_and_hurts_no_more() -> None:
    stream = FaultyStream([Fault("stall", "up", 2, 0, 9.0), Fault("drop", "up", 12, 2)], "up")
    stream.feed(b"0123456789", 0.0)
    stream.heal()
    stream.feed(b"abcdef", 0.0)
    assert stream.take(0.0) == b"0123456789abcdef"


def test_what_is_held_is_bounded_by_the_room_it_tells() -> None:
    stream = FaultyStream([Fault("stall", "up", 0, 0, 9.0)], "up")
    stream.feed(bytes(HOLD), 0.0)
    assert stream.room == 0
    assert len(stream.take(9.0)) == HOLD
    assert stream.room == HOLD


def test_a_chunk_waits_for_its_successor_for_a_moment_only() -> None:
    stream = FaultyStream([Fault("reorder", "up", 0, 4)], "up")
    stream.feed(b"012345", 0.0)
    assert stream.take(REORDER_S / 2) == b""
    assert stream.next_s() == REORDER_S
    assert stream.take(REORDER_S) == b"012345"
