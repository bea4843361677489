"""The decoder under bytes of any kind: at least 10,000 broken streams, each cut in its own way.

Every stream is fed twice, whole and in pieces; both must come to the same.
"""

from __future__ import annotations

import struct
import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oralcam_protocol.wire.frame import (
    CONSOLE_LIMIT,
    OVERHEAD,
    Decoder,
    Frame,
    encode_frame,
    header_check,
)

MAX_PAYLOAD = 300
GOOD_SESSION = 0xBEEF
GOOD = encode_frame(3, GOOD_SESSION, 7, 1, b"\xc1\x61 the next good frame")

cases: Counter[str] = Counter()  # of each fuzz test, for the proof that they were run


def broken_streams(count: int) -> settings:
    return settings(
        max_examples=count, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
    )


Described = tuple[int, int, int, int, int, int, bytes]


def described(frames: list[Frame]) -> list[Described]:
    return [(f.major, f.kind, f.flags, f.session, f.id, f.arg, bytes(f.payload)) for f in frames]


class Bounded:
    """A decoder whose memory is looked at after every step."""

    def __init__(self) -> None:
        self.decoder = Decoder(MAX_PAYLOAD)
        self.size = len(self.decoder._held)
        self.frames: list[Described] = []
        self.console = b""
        self.fed = 0

    def feed(self, data: bytes) -> None:
        self.fed += len(data)
        self.frames += described(self.decoder.feed(data))
        self._check()

    def give_up(self) -> None:
        before = self.decoder.unfinished
        self.frames += described(self.decoder.give_up())
        assert self.decoder.unfinished < before, "giving up must come to an end"
        self._check()

    def _check(self) -> None:
        decoder = self.decoder
        assert len(decoder._held) == self.size <= OVERHEAD + MAX_PAYLOAD + 1
        assert decoder.unfinished < self.size
        assert len(decoder._console) <= CONSOLE_LIMIT
        in_frames = sum(OVERHEAD + len(frame[6]) + (frame[2] & 1) for frame in self.frames)
        assert decoder.outside + decoder.unfinished + in_frames == self.fed, (
            "a byte was lost or counted twice"
        )

    @property
    def state(self) -> tuple[object, ...]:
        decoder = self.decoder
        return self.frames, decoder.damaged, decoder.outside, decoder.unfinished, decoder._console


def run(stream: bytes, cuts: list[int]) -> Bounded:
    """Feed whole and cut at `cuts`; the same must come out. Returns the whole one, everything given up."""
    whole, pieces = Bounded(), Bounded()
    whole.feed(stream)
    at = 0
    for cut in [*sorted({cut % (len(stream) + 1) for cut in cuts}), len(stream)]:
        pieces.feed(stream[at:cut])
        at = cut
    assert pieces.state == whole.state
    while whole.decoder.unfinished:
        whole.give_up()
        pieces.give_up()
        assert pieces.state == whole.state
    return whole


def good_frames(outcome: Bounded) -> int:
    return sum(frame[3] == GOOD_SESSION for frame in outcome.frames)


def lying_header(length: int) -> bytes:
    """The check is right; the body does not come, or is another."""
    check = header_check(0x17, 0, 1, 2, 3, length)
    return struct.pack("<HBBHHIHH", 0x61C1, 0x17, 0, 1, 2, 3, length, check)


FRAMES = [
    encode_frame(2, 1, 1, 3),
    encode_frame(7, 1, 2, 4096, b"\xc1\x61" * 10),
    encode_frame(7, 1, 3, 0, bytes(44)),  # padded
    encode_frame(7, 1, 4, 0, bytes(range(200))),
    encode_frame(7, 1, 5, 0, bytes(MAX_PAYLOAD + 1)),  # more than this decoder takes
    encode_frame(10, 1, 6, 0, encode_frame(2, 1, 1, 3)),  # a frame within a frame
]
frames = st.sampled_from(FRAMES)
noise = st.sampled_from(
    [
        b"",
        b"\xc1",
        b"\x61",
        b"\xc1\x61",
        b"\xc1\x61\x12",
        b">>> Traceback\r\n",
        b"\xc1" * 20,
        b"\xc1\x61" * 20,
    ]
) | st.binary(max_size=40)
chunks = st.lists(st.integers(0, 2000), max_size=8)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A frame that is whole, cut, doubled, flipped, or whose middle is missing."""
    wire = draw(frames)
    at = draw(st.integers(0, len(wire) - 1))
    match draw(st.integers(0, 5)):
        case 0:
            return wire
        case 1:
            return wire[:at]
        case 2:
            return wire[at:]
        case 3:
            return wire * 2
        case 4:
            return wire[:at] + bytes([wire[at] ^ 1 << draw(st.integers(0, 7))]) + wire[at + 1 :]
    return wire[:at] + wire[at + draw(st.integers(1, 30)) :]


def counted(name: str, at_least: int, test: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> None:
    """Run a hypothesis test and prove that it saw as many cases as it claims."""
    started = time.monotonic()
    cases[name] = 0
    test()
    with capsys.disabled():
        print(f"\n{name}: {cases[name]} streams in {time.monotonic() - started:.1f} s ", end="")
    assert cases[name] >= at_least


def test_random_bytes_do_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    @broken_streams(3000)
    @given(st.lists(noise, max_size=6), chunks)
    def fuzz(parts: list[bytes], cuts: list[int]) -> None:
        cases["random bytes"] += 1
        assert run(b"".join(parts), cuts).frames == []

    counted("random bytes", 3000, fuzz, capsys)


def test_damaged_frames_do_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    whole = {described(Decoder(0xFFFF).feed(wire))[0] for wire in FRAMES}

    @broken_streams(3000)
    @given(st.lists(damaged() | noise, max_size=6), chunks)
    def fuzz(parts: list[bytes], cuts: list[int]) -> None:
        cases["damaged frames"] += 1
        assert whole.issuperset(run(b"".join(parts), cuts).frames)

    counted("damaged frames", 3000, fuzz, capsys)


def test_the_next_good_frame_is_found_behind_any_garbage(capsys: pytest.CaptureFixture[str]) -> None:
    @broken_streams(3500)
    @given(st.lists(damaged() | noise, max_size=4), chunks, st.integers(1, 3))
    def fuzz(parts: list[bytes], cuts: list[int], count: int) -> None:
        cases["good frame behind garbage"] += 1
        assert good_frames(run(b"".join(parts) + GOOD * count, cuts)) == count

    counted("good frame behind garbage", 3500, fuzz, capsys)


def test_the_next_good_frame_is_found_behind_lying_headers(capsys: pytest.CaptureFixture[str]) -> None:
    headers = st.integers(0, MAX_PAYLOAD + 2).map(lying_header)

    @broken_streams(1500)
    @given(st.lists(headers | noise, max_size=4), chunks, noise)
    def fuzz(parts: list[bytes], cuts: list[int], behind: bytes) -> None:
        cases["lying headers"] += 1
        assert good_frames(run(b"".join(parts) + GOOD + behind, cuts)) == 1

    counted("lying headers", 1500, fuzz, capsys)


def test_undamaged_frames_all_arrive_and_no_byte_is_taken_for_console_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent = st.lists(st.tuples(st.integers(1, 15), st.binary(max_size=80)), max_size=5)

    @broken_streams(500)
    @given(sent, chunks)
    def fuzz(messages: list[tuple[int, bytes]], cuts: list[int]) -> None:
        cases["undamaged frames"] += 1
        outcome = run(b"".join(encode_frame(kind, payload=payload) for kind, payload in messages), cuts)
        assert [(frame[1], frame[6]) for frame in outcome.frames] == messages
        assert (outcome.decoder.outside, outcome.decoder.damaged) == (0, 0)

    counted("undamaged frames", 500, fuzz, capsys)


def test_a_whole_buffer_of_lying_headers_costs_milliseconds() -> None:
    stream = b"".join(lying_header(4096) for _ in range(256)) + GOOD
    decoder = Decoder(4096)
    started = time.process_time()
    found = described(decoder.feed(stream))
    gave_up = 0
    while decoder.unfinished:
        found += described(decoder.give_up())
        gave_up += 1
    assert [frame[3] for frame in found] == [GOOD_SESSION]
    assert gave_up <= 257
    assert time.process_time() - started < 1


def test_the_console_keeps_the_newest_bytes_of_a_long_noise() -> None:
    decoder = Decoder(MAX_PAYLOAD)
    noise_bytes = bytes(i * 7 % 192 for i in range(100_000))
    for at in range(0, len(noise_bytes), 777):
        decoder.feed(noise_bytes[at : at + 777])
    assert decoder.take_console() == noise_bytes[-CONSOLE_LIMIT:]
    assert decoder.outside == len(noise_bytes)
