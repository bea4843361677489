from __future__ import annotations

import random

import pytest

from tools.benchmarks.link_model import BYTES_PER_FRAME, LATE_FRAMES, Damage, FullSpeed, best_time_s


def send(link: FullSpeed, size: int, wake_s: list[float]) -> float:
    """When the last of `size` waiting bytes goes, for a relay that wakes at these times."""
    for now_s in wake_s:
        moved = min(size, link.room(now_s))
        link.take(moved)
        size -= moved
        if not size:
            return now_s
    raise AssertionError(f"{size} bytes are left")


def test_a_full_speed_link_carries_19_packets_a_millisecond():
    assert BYTES_PER_FRAME == 1216
    assert best_time_s(1_216_000) == pytest.approx(1.0)


def test_a_busy_link_moves_exactly_its_rate():
    assert send(FullSpeed(0.0), 1_216_000, [n / 1000 for n in range(2000)]) == pytest.approx(0.999)


def test_a_relay_that_wakes_late_makes_up_for_it():
    assert send(FullSpeed(0.0), 121_600, [n / 1000 for n in range(0, 200, 7)]) == pytest.approx(0.105)


def test_but_not_for_ever():
    link = FullSpeed(0.0)
    link.take(link.room(0.0))
    assert link.room(10.0) == LATE_FRAMES * BYTES_PER_FRAME


def test_frames_that_passed_with_nothing_to_send_are_gone():
    link = FullSpeed(5.0)
    link.room(5.020)
    link.idle()
    assert link.room(5.020) == BYTES_PER_FRAME
    assert link.room(5.021) == 2 * BYTES_PER_FRAME


def test_there_is_no_room_within_a_frame_that_is_full():
    link = FullSpeed(0.0)
    link.take(BYTES_PER_FRAME)
    assert link.room(0.0009) == 0
    assert link.next_frame_s() == pytest.approx(0.001)
    assert link.room(link.next_frame_s()) == BYTES_PER_FRAME


def test_one_byte_in_each_stretch_is_damaged_however_the_stream_is_cut():
    stream = bytes(10_000)
    whole = Damage(1000, random.Random(2)).apply(stream)
    chance = random.Random(3)
    damage = Damage(1000, random.Random(2))
    pieces, at = [], 0
    while at < len(stream):
        size = chance.randrange(1, 700)
        pieces.append(damage.apply(stream[at : at + size]))
        at += size
    assert len(whole) == len(stream)
    assert [sum(1 for byte in whole[at : at + 1000] if byte) for at in range(0, 10_000, 1000)] == [1] * 10
    assert b"".join(pieces) == whole
    assert damage.hits == 10
