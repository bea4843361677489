"""The camera's clock as time of day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oralcam.link.clock import KEEP_S, ClockFilter

EPOCH = 1_700_000_000.0


def test_nothing_is_known_before_the_first_exchange() -> None:
    assert ClockFilter().moment(0) is None


@given(
    boot=st.floats(0, 1e6),
    trips=st.lists(st.tuples(st.floats(1e-4, 0.5), st.floats(1e-4, 0.5)), min_size=1, max_size=20),
    at_us=st.integers(0, 20_000_000),
)
def test_the_true_time_lies_within_the_uncertainty(
    boot: float, trips: list[tuple[float, float]], at_us: int
) -> None:
    clock = ClockFilter()
    for turn, (out_s, back_s) in enumerate(trips):
        sent = EPOCH + boot + turn
        camera_us = round((turn + out_s) * 1e6)
        clock.feed(sent, camera_us, camera_us + 50, sent + out_s + 50e-6 + back_s)
    moment = clock.moment(at_us)
    assert moment is not None
    assert abs(moment.unix_s - (EPOCH + boot + at_us / 1e6)) <= moment.uncertainty_s + 2e-6


def test_the_shortest_round_trip_counts() -> None:
    clock = ClockFilter()
    clock.feed(EPOCH, 1_000_000, 1_000_000, EPOCH + 0.001)
    clock.feed(EPOCH + 1, 2_200_000, 2_200_000, EPOCH + 1.4)
    moment = clock.moment(1_000_000)
    assert moment is not None
    assert abs(moment.unix_s - (EPOCH + 0.0005)) < 1e-6


def test_an_old_measurement_gives_way() -> None:
    clock = ClockFilter()
    clock.feed(EPOCH, 0, 0, EPOCH + 0.001)
    later = EPOCH + KEEP_S + 1
    clock.feed(later, 0, 0, later + 0.1)  # the camera's clock was reset
    moment = clock.moment(0)
    assert moment is not None
    assert abs(moment.unix_s - later) < 0.1


def test_a_host_clock_that_was_set_back_is_not_believed() -> None:
    clock = ClockFilter()
    clock.feed(EPOCH, 0, 0, EPOCH - 5)
    assert clock.moment(0) is None
