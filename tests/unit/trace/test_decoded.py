"""From bytes to frames and back: nothing is lost, nothing invented, whatever the cuts."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from oralcam.trace.decoded import BODY_S, DecodedFrame, Note, Outside, decode_trace
from oralcam.trace.recorder import Entry
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import encode_frame

FRAMES = st.builds(
    encode_frame,
    st.integers(1, 15),
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFF),
    st.integers(0, (1 << 30) - 1),
    st.binary(max_size=150),
)
NOISE = st.binary(min_size=1, max_size=60).map(lambda data: data.replace(b"\xc1", b"\xc0"))


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@given(st.lists(st.one_of(FRAMES, NOISE), max_size=12), st.lists(st.integers(0, 4000), max_size=8))
def test_frames_and_what_is_between_them_come_out_in_order(parts: list[bytes], places: list[int]) -> None:
    entries = [Entry(0.0, "host", piece) for piece in cut(b"".join(parts), places)]
    rebuilt, outside = [], b""
    for seen in decode_trace(entries):
        if isinstance(seen, Outside):
            outside += seen.data
            rebuilt.append(seen.data)
        else:
            assert isinstance(seen, DecodedFrame)
            wire = encode_frame(seen.kind, seen.session, seen.id, seen.arg, seen.payload)
            assert len(wire) == seen.size
            rebuilt.append(wire)
    assert b"".join(rebuilt) == b"".join(parts)
    assert outside == b"".join(part for part in parts if part[:2] != b"\xc1\x61")


def test_a_damaged_frame_is_shown_whole_in_its_place() -> None:
    first, second, third = (encode_frame(Kind.DATA, 1, 1, offset, bytes(100)) for offset in (0, 100, 200))
    broken = bytearray(second)
    broken[50] ^= 1
    seen = list(decode_trace([Entry(0.5, "host", first + bytes(broken) + third)]))
    assert [(type(each), each.at_s) for each in seen] == [
        (DecodedFrame, 0.5),
        (Outside, 0.5),
        (DecodedFrame, 0.5),
    ]
    assert isinstance(seen[1], Outside)
    assert (seen[1].data, seen[1].damaged, seen[1].text) == (bytes(broken), True, None)


def test_a_damaged_frame_and_its_repetition_are_not_taken_for_each_other() -> None:
    whole = encode_frame(Kind.DATA, 1, 1, 0, bytes(100))
    broken = bytearray(whole)
    broken[50] ^= 1
    outside, frame = decode_trace([Entry(0, "host", bytes(broken) + whole)])
    assert isinstance(outside, Outside)
    assert isinstance(frame, DecodedFrame)
    assert (outside.data, frame.payload) == (bytes(broken), bytes(100))


def test_a_traceback_on_the_console_is_text() -> None:
    text = 'Traceback:\r\n  File "main.py", line 3\r\nOSError: 19\r\n'
    (seen,) = decode_trace([Entry(0, "host", text.encode())])
    assert isinstance(seen, Outside)
    assert seen.text == text


def test_a_frame_whose_rest_does_not_come_in_time_is_given_up() -> None:
    frame = encode_frame(Kind.RSP, 1, 1, 3, b"answer")
    cut_short = encode_frame(Kind.DATA, 1, 1, 0, bytes(500))[:100]
    entries = [Entry(0.0, "host", cut_short + frame), Entry(BODY_S, "host", frame)]
    kinds = [seen.kind if isinstance(seen, DecodedFrame) else "outside" for seen in decode_trace(entries)]
    assert kinds == ["outside", Kind.RSP, Kind.RSP]


def test_what_is_unfinished_at_the_end_is_not_hidden() -> None:
    frame = encode_frame(Kind.RSP, 1, 1, 3, b"answer")
    (seen,) = decode_trace([Entry(0.0, "host", frame[:-1])])
    assert isinstance(seen, Outside)
    assert seen.data == frame[:-1]


def test_directions_do_not_mix_and_notes_stand_between() -> None:
    frame = encode_frame(Kind.REQ, 1, 1, 3)
    entries = [Entry(0, "camera", frame[:9]), Entry(1, "host", frame), Entry(2, note="here")]
    entries.append(Entry(0.1, "camera", frame[9:]))
    assert [each.text if isinstance(each, Note) else each.to for each in decode_trace(entries)] == [
        "host",
        "here",
        "camera",
    ]


def test_a_frame_of_another_major_version_is_seen() -> None:
    wire = bytearray(encode_frame(Kind.HELLO, payload=b"12345"))
    wire[2] += 0x10
    import binascii
    import struct

    words = struct.unpack_from("<7H", wire)
    check = 0xFFFF
    for word in words:
        check ^= word
    struct.pack_into("<H", wire, 14, check)
    struct.pack_into("<I", wire, len(wire) - 4, binascii.crc32(wire[:-4]))
    (seen,) = decode_trace([Entry(0, "host", bytes(wire))])
    assert isinstance(seen, DecodedFrame)
    assert (seen.major, seen.payload, seen.size) == (2, b"12345", len(wire))
