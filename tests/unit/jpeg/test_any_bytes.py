"""Any bytes end in facts or in an error of ours, in a time that grows with their number and no faster."""

from __future__ import annotations

import sys
import tracemalloc
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oralcam import jpeg
from oralcam.errors import JpegError
from oralcam.jpeg import scan, walk
from oralcam.jpeg.walk import Walk
from tests.unit.jpeg.pictures import (
    APP1,
    COM,
    DHT,
    DQT,
    SOS,
    at_front,
    chroma,
    exif_with_thumbnail,
    picture,
    segment,
)
from tests.unit.jpeg.test_metadata import WHOLE
from tools.faults.fuzz import jpeg_oracle

SEEDS = (
    chroma("4:2:0", size=(24, 16)),
    picture("L", size=(16, 16), restart_marker_blocks=1),
    picture("RGB", size=(16, 16), progressive=True),
    at_front(picture("L", size=(16, 16)), exif_with_thumbnail(picture("L", size=(8, 8)))),
    jpeg.tag(picture("L", size=(16, 16)), WHOLE),
)
MARKERS = [b"\xff" + bytes((each,)) for each in range(256)]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A JPEG with pieces overwritten, put in and taken out."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        piece = draw(
            st.one_of(st.binary(max_size=12), st.sampled_from(MARKERS), st.just(b"\xff\xff\xff\xff"))
        )
        data[at : at + draw(st.integers(0, 20))] = piece
    return bytes(data)


ANY = st.one_of(st.binary(max_size=400), damaged(), st.lists(st.sampled_from(MARKERS)).map(b"".join))


@settings(max_examples=500, deadline=None)
@example(b"\xff\xd8\xff\xda")
@given(ANY)
def test_any_bytes_end_in_facts_or_an_error_of_ours(data: bytes) -> None:
    jpeg_oracle.jpeg(data)


def steps(action: Any, data: bytes) -> int:
    """Lines of oralcam.jpeg that run."""
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, event: str, _: Any) -> Any:
        return line if "/jpeg/" in frame.f_code.co_filename.replace("\\", "/") else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        action(data)
    except JpegError:
        pass  # it has been looked at all the same
    finally:
        sys.settrace(before)
    return count


START = chroma("4:2:0")[:2]
SCAN = segment(SOS, b"\x01\x01\0\0\x3f\0")
EXIF = segment(APP1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\1\x12\0\3\0\0\0\1" * 1000)
TABLES = segment(DQT, bytes(65) * 90) + segment(DHT, (bytes(16) + b"\1a") * 200)
HARD = {
    "fill bytes": lambda n: START + b"\xff" * n,
    "fill bytes in a scan": lambda n: START + SCAN + b"\xff" * n,
    "stuffed zeros": lambda n: START + b"\xff\0" * (n // 2),
    "stuffed zeros in a scan": lambda n: START + SCAN + b"\xff\0" * (n // 2),
    "restart markers": lambda n: START + b"\xff\xd0" * (n // 2),
    "restart markers in a scan": lambda n: START + SCAN + b"\xff\xd0" * (n // 2),
    "starts": lambda n: START * (n // 2),
    "starts that are none": lambda n: b"\xff\xd8" * (n // 2),
    "scans": lambda n: START + SCAN * (n // len(SCAN)),
    "empty comments": lambda n: START + segment(COM, b"") * (n // 4),
    "comments of no length": lambda n: START + b"\xff\xfe\0\0" * (n // 4),
    "junk between segments": lambda n: START + b"x\xff\xfe\0\2" * (n // 5),
    "large segments": lambda n: START + segment(APP1, b"\xff" * 65533) * (n // 65537 + 1),
    "exif": lambda n: START + EXIF * (n // len(EXIF) + 1),
    "tables": lambda n: START + TABLES * (n // len(TABLES) + 1),
    "noise": lambda n: bytes(range(256)) * (n // 256),
}  # fmt: skip


@pytest.mark.parametrize("what", HARD)
def test_steps_grow_no_faster_than_the_file(what: str) -> None:
    small, large = HARD[what](20_000), HARD[what](80_000)
    for action in (jpeg.inspect, jpeg.read, jpeg.strip):
        few, many = steps(action, small), steps(action, large)
        assert many <= 4.5 * few + 500, action
        assert many <= 2 * len(large)


def test_searches_do_not_go_back() -> None:
    """A repetition in a pattern may be tried again from every byte of it."""
    for pattern in (walk._MARKER, walk._SCAN_END, scan._RESTART):
        assert not set(b"+*?{") & set(pattern.pattern)


@pytest.mark.parametrize("what", HARD)
def test_searches_go_over_each_byte_at_most_twice(what: str) -> None:
    data = HARD[what](200_000)
    once = Walk(data)
    for _ in once.segments():
        pass
    assert once.examined <= 2 * len(data)


@pytest.mark.parametrize(
    "what", ["restart markers in a scan", "stuffed zeros in a scan", "large segments", "noise"]
)
def test_memory_does_not_grow_with_the_picture(what: str) -> None:
    data = HARD[what](2_000_000)
    jpeg.inspect(data[:1000])
    tracemalloc.start()
    try:
        jpeg.inspect(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400_000
