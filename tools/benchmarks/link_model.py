"""Full-speed USB as a token bucket: 19 packets of 64 bytes in every frame of 1 ms. Plain values, no clock."""

from __future__ import annotations

import random

FRAME_S = 0.001
BYTES_PER_FRAME = 19 * 64
LATE_FRAMES = 32  # what a relay that was not scheduled may make up for


class FullSpeed:
    """One direction of the link. Times are seconds of any clock that does not go back."""

    def __init__(self, now_s: float) -> None:
        self._start_s = now_s
        self._frame = 0
        self._room = BYTES_PER_FRAME

    def room(self, now_s: float) -> int:
        """Return how many bytes may go now.

        What waited while the relay was late goes at once: the link was not idle.
        """
        frame = int((now_s - self._start_s) / FRAME_S + 1e-6)
        if frame > self._frame:
            passed = min(frame - self._frame, LATE_FRAMES)
            self._room += passed * BYTES_PER_FRAME
            self._frame = frame
        return self._room

    def take(self, count: int) -> None:
        """Note that `count` bytes went."""
        self._room -= count

    def idle(self) -> None:
        """Note that there is nothing to send.

        The frames that passed are gone, only the present one has room.
        """
        self._room = min(self._room, BYTES_PER_FRAME)

    def next_frame_s(self) -> float:
        """Return when room grows again."""
        return self._start_s + (self._frame + 1) * FRAME_S


def best_time_s(size: int) -> float:
    """Return the least time that the link takes for `size` bytes."""
    return size / BYTES_PER_FRAME * FRAME_S


class Damage:
    """A change of one byte in every `every` bytes, at a random place in each such stretch."""

    def __init__(self, every: int, chance: random.Random) -> None:
        self._every = every
        self._chance = chance
        self._start = 0  # of the present stretch
        self._place = chance.randrange(every)
        self._passed = 0
        self.hits = 0

    def apply(self, data: bytes) -> bytes:
        """Return the next bytes of the stream, damaged where it is their turn."""
        end = self._passed + len(data)
        damaged = bytearray(data)
        while self._place < end:
            damaged[self._place - self._passed] ^= self._chance.randrange(1, 256)
            self.hits += 1
            self._start += self._every
            self._place = self._start + self._chance.randrange(self._every)
        self._passed = end
        return bytes(damaged)
