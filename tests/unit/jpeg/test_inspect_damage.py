"""What is wrong with a JPEG is found and said."""

from __future__ import annotations

import pytest

from oralcam.errors import DamagedJpeg
from oralcam.jpeg import Component, inspect, require_sound
from oralcam.jpeg.frame_header import FrameHeader
from oralcam.jpeg.scan import least_bytes
from oralcam.jpeg.walk import counted
from tests.unit.jpeg.pictures import (
    APP0,
    COM,
    DHT,
    DNL,
    DQT,
    DRI,
    SOF0,
    SOS,
    after,
    at_front,
    changed,
    chroma,
    parts,
    picture,
    segment,
    without,
)
from tools.faults.fuzz.jpeg_oracle import tiny

PHOTO = chroma("4:2:0")


def damage_of(jpeg: bytes) -> str:
    with pytest.raises(DamagedJpeg):
        require_sound(jpeg)
    return " ".join(inspect(jpeg).damage)


def test_a_photo_that_is_cut_anywhere_is_damaged() -> None:
    assert inspect(PHOTO).damage == ()
    for length in range(len(PHOTO)):
        assert inspect(PHOTO[:length]).damage, length


def test_a_cut_is_said_to_be_one() -> None:
    at = 2
    for marker, raw in parts(PHOTO):
        for inside in (at + 3, at + len(raw) // 2):
            assert "cut off" in damage_of(PHOTO[:inside]), hex(marker)
        at += len(raw)


def test_a_cut_within_a_segments_length_is_a_cut_and_no_wrong_length() -> None:
    for rest in (b"", b"\0", b"\1"):
        (sentence,) = inspect(PHOTO[:2] + b"\xff\xfe" + rest).damage
        assert "COM at 2 reaches beyond" in sentence


def test_an_end_marker_does_not_make_a_cut_photo_whole() -> None:
    """As a camera might that wants its photo to look right."""
    jpeg = picture(size=(640, 480), subsampling=2)
    ((start, _),) = inspect(jpeg).entropy
    assert "too few for 640 x 480" in damage_of(jpeg[: start + 500] + b"\xff\xd9")


def test_a_part_that_is_missing_between_restart_markers_is_noticed() -> None:
    jpeg = chroma("4:2:0", restart_marker_blocks=1)
    first, second = jpeg.index(b"\xff\xd0"), jpeg.index(b"\xff\xd1")
    assert "not in order" in damage_of(jpeg[:first] + jpeg[second:])
    whole_cycle = picture(size=(640, 480), subsampling=2, restart_marker_blocks=1)
    again = whole_cycle.index(b"\xff\xd0", whole_cycle.index(b"\xff\xd0") + 2)
    cut = whole_cycle[: whole_cycle.index(b"\xff\xd0")] + whole_cycle[again:]
    assert inspect(cut).restarts_in_order
    assert "1,191 restart markers where 1,199 belong" in damage_of(cut)


def test_restart_markers_that_change_places_are_noticed() -> None:
    jpeg = chroma("4:2:0", restart_marker_blocks=1)
    swapped = (
        jpeg.replace(b"\xff\xd0", b"\xff\x01x")
        .replace(b"\xff\xd1", b"\xff\xd0")
        .replace(b"\xff\x01x", b"\xff\xd1")
    )
    assert not inspect(swapped).restarts_in_order


def test_a_restart_marker_across_a_border_of_pieces_is_counted_once() -> None:
    interval = segment(DRI, b"\0\1")
    for shift in range(4):
        jpeg = after(picture("L", size=(16, 8)), SOF0, interval)
        ((start, end),) = inspect(jpeg).entropy
        scan = b"\0" * (8190 + shift) + b"\xff\xd0" + b"\0" * 9000
        facts = inspect(jpeg[:start] + scan + jpeg[end:])
        assert (facts.restart_markers, facts.damage) == (1, ()), shift


def test_restart_markers_without_an_interval_are_damage() -> None:
    assert "restart markers" in damage_of(without(chroma("4:2:0", restart_marker_blocks=1), DRI))


def test_junk_before_the_beginning_is_counted_and_refused() -> None:
    jpeg = b"HTTP/1.1 200 OK\r\n\r\n" + PHOTO
    assert (inspect(jpeg).junk_before, inspect(jpeg).width) == (19, 48)
    assert "Something of 19 bytes stands before" in damage_of(jpeg)


@pytest.mark.parametrize("junk", [b"x", b"\0\xff", b"\0" * 4097, PHOTO])
def test_junk_behind_the_end_is_counted_and_refused(junk: bytes) -> None:
    assert inspect(PHOTO + junk).trailing == len(junk)
    assert counted(len(junk)) in damage_of(PHOTO + junk)


def test_a_second_photo_behind_the_first_is_called_so() -> None:
    assert "another picture" in damage_of(PHOTO + PHOTO)


def test_missing_tables_are_noticed() -> None:
    assert "DQT" in damage_of(without(PHOTO, DQT))
    assert "DHT" in damage_of(without(PHOTO, DHT))
    assert "motion-JPEG" in damage_of(without(PHOTO, DHT))


def test_one_missing_table_is_noticed() -> None:
    last = [raw for marker, raw in parts(PHOTO) if marker == DHT][-1]
    assert "DHT" in damage_of(changed(PHOTO, DHT, lambda raw: b"" if raw == last else raw))


@pytest.mark.parametrize("marker", [DHT, DQT])
def test_a_table_of_the_wrong_length_is_damaged(marker: int) -> None:
    assert "is damaged" in damage_of(changed(PHOTO, marker, lambda raw: segment(marker, raw[4:-1])))


def test_a_huffman_table_with_more_codes_than_there_are_is_damaged() -> None:
    assert "DHT is damaged" in damage_of(at_front(PHOTO, segment(DHT, b"\0\3" + bytes(15) + b"abc")))


def test_a_huffman_table_without_codes_is_damaged() -> None:
    assert "DHT is damaged" in damage_of(at_front(PHOTO, segment(DHT, bytes(17))))


def test_the_least_bytes_of_a_scan_are_those_of_its_blocks_shortest_codes() -> None:
    colours = tuple(Component(id, factor, factor, 0) for id, factor in ((1, 2), (2, 1), (3, 1)))
    frame = FrameHeader("SOF0", 8, 40, 48, colours)  # 3 x 3 units of 6 blocks; luma alone: 6 x 5 blocks
    shortest = {(0, 0): 2, (1, 0): 3, (0, 1): 1, (1, 1): 1}
    together = least_bytes(frame, ((1, 0, 0), (2, 1, 1), (3, 1, 1)), shortest)
    assert together == 9 * (4 * (2 + 3) + 2 * (1 + 1)) // 8
    assert least_bytes(frame, ((1, 0, 0),), shortest) == 30 * (2 + 3) // 8
    assert least_bytes(frame, ((2, 1, 1),), shortest) == 9 * (1 + 1) // 8


def test_a_scan_of_exactly_the_least_bytes_is_whole() -> None:
    bare = changed(tiny(), SOF0, lambda raw: raw[:5] + b"\0\x40\0\x40" + raw[9:])  # 64 blocks of 2 bits
    ((start, end),) = inspect(bare).entropy
    assert inspect(bare[:start] + bytes(16) + bare[end:]).damage == ()
    assert "15 bytes of pixels are too few" in damage_of(bare[:start] + bytes(15) + bare[end:])


def test_a_second_frame_header_is_noticed() -> None:
    twice = changed(PHOTO, SOF0, lambda raw: raw + raw)
    assert "second frame header" in damage_of(twice)


def test_a_photo_without_a_frame_or_a_scan_is_noticed() -> None:
    assert "before a frame header" in damage_of(without(PHOTO, SOF0))
    assert "no frame header" in damage_of(b"\xff\xd8\xff\xd9")
    assert "no scan" in damage_of(without(PHOTO, SOS) + b"\xff\xd9")


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: segment(SOF0, raw[4:-1]),
        lambda raw: raw[:9] + b"\x02" + raw[10:],
        lambda raw: raw[:11] + b"\x05" + raw[12:],
        lambda raw: raw[:11] + b"\x10" + raw[12:],
        lambda raw: raw[:13] + raw[10:11] + raw[14:],
    ],
    ids=["short", "components", "sampling 5", "sampling 0", "one component twice"],
)
def test_a_frame_header_that_cannot_be_is_damaged(change) -> None:
    assert "frame header SOF0 is damaged" in damage_of(changed(PHOTO, SOF0, change))


def test_a_picture_of_no_size_is_damaged() -> None:
    assert "0 pixels wide" in damage_of(changed(PHOTO, SOF0, lambda raw: raw[:7] + b"\0\0" + raw[9:]))
    assert "0 pixels high" in damage_of(changed(PHOTO, SOF0, lambda raw: raw[:5] + b"\0\0" + raw[7:]))


def test_a_picture_that_claims_more_than_its_bytes_hold_is_damaged() -> None:
    huge = changed(PHOTO, SOF0, lambda raw: raw[:5] + b"\xff\xff\xff\xff" + raw[9:])
    assert "too few for 65535 x 65535" in damage_of(huge)


def test_two_heights_are_damage() -> None:
    for height, sound in ((40, True), (41, False)):
        jpeg = PHOTO[:-2] + segment(DNL, bytes((0, height))) + PHOTO[-2:]
        assert (inspect(jpeg).damage == ()) == sound


def test_a_number_of_lines_before_the_first_scan_is_damage() -> None:
    assert "DNL is damaged" in damage_of(after(PHOTO, SOF0, segment(DNL, b"\0\x28")))


def test_a_scan_of_components_that_are_not_there_is_damaged() -> None:
    assert "scan header" in damage_of(changed(PHOTO, SOS, lambda raw: raw[:5] + b"\x09" + raw[6:]))


def test_a_scan_that_leaves_out_a_component_is_noticed() -> None:
    def one_only(raw: bytes) -> bytes:
        length = int.from_bytes(raw[2:4], "big")
        return segment(SOS, b"\x01" + raw[5:7] + b"\0\x3f\0") + raw[2 + length :]

    assert "one of its colour components" in damage_of(changed(PHOTO, SOS, one_only))


@pytest.mark.parametrize("length", [0, 1])
def test_a_segment_that_says_it_is_shorter_than_its_length_is_damaged(length: int) -> None:
    jpeg = at_front(PHOTO, bytes((0xFF, COM, 0, length)))
    assert f"says that it is {counted(length)} long" in damage_of(jpeg)


def test_a_segment_that_says_it_is_shorter_than_it_is_leaves_bytes_over() -> None:
    jpeg = at_front(PHOTO, bytes((0xFF, COM, 0, 4)) + b"abcdefg")
    assert "5 bytes at 8 belongs to no segment" in damage_of(jpeg)


def test_a_segment_that_says_it_is_longer_than_it_is_hides_what_follows() -> None:
    jpeg = at_front(PHOTO, bytes((0xFF, COM, 0, 200)))
    assert damage_of(jpeg)


def test_a_segment_that_reaches_beyond_the_end_is_a_cut() -> None:
    assert "COM at 2 reaches beyond" in damage_of(at_front(PHOTO, b"\xff\xfe\xff\xff"))


@pytest.mark.parametrize("marker", [b"\xff\xd8", b"\xff\xd3", b"\xff\x01"])
def test_a_marker_where_none_may_be_is_noticed(marker: bytes) -> None:
    assert "where none may be" in damage_of(after(PHOTO, APP0, marker))


@pytest.mark.parametrize("marker", [0x02, 0xBF, 0xC8, 0xF0])
def test_a_segment_that_the_standard_does_not_know_is_noticed(marker: int) -> None:
    assert "does not know" in damage_of(at_front(PHOTO, segment(marker, b"abc")))


def test_a_file_of_nothing_but_segments_ends() -> None:
    assert "more than 1,000 markers" in damage_of(at_front(PHOTO, segment(COM, b"") * 1000))
    assert inspect(at_front(PHOTO, segment(COM, b"") * 900)).damage == ()


def test_huge_segments_are_no_harm() -> None:
    jpeg = at_front(PHOTO, *(segment(0xE5, PHOTO.ljust(65533, b"\xff")) for _ in range(40)))
    assert require_sound(jpeg).width == 48


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff\xd8", b"GIF89a", b"\xff" * 100, b"\0" * 100])
def test_what_is_no_photo_is_damaged(data: bytes) -> None:
    assert damage_of(data)


def test_the_list_of_damage_is_short() -> None:
    jpeg = at_front(PHOTO, *(b"x" * (number + 1) + segment(COM, b"") for number in range(500)))
    assert 1 < len(inspect(jpeg).damage) <= 12
