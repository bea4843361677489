"""What the inspector says of whole JPEGs of every kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oralcam.errors import DamagedJpeg, UnsupportedJpeg
from oralcam.jpeg import inspect, require_sound
from tests.unit.jpeg.pictures import (
    APP0,
    APP1,
    APP2,
    APP13,
    COM,
    DQT,
    SOF0,
    SOS,
    after,
    at_front,
    changed,
    chroma,
    exif_with_thumbnail,
    picture,
    segment,
    without,
)


@pytest.mark.parametrize("name", ["4:2:0", "4:2:2", "4:4:4"])
def test_a_colour_photo_is_described(name: str) -> None:
    facts = require_sound(chroma(name))
    assert (facts.chroma, facts.colour, facts.frame, facts.process) == (name, "YCbCr", "SOF0", "baseline")
    assert (facts.width, facts.height, facts.precision, len(facts.components)) == (48, 40, 8, 3)
    assert (facts.damage, facts.unsupported, facts.notes) == ((), (), ())


def test_a_gray_photo_is_described() -> None:
    facts = require_sound(picture("L"))
    assert (facts.chroma, facts.colour, len(facts.components)) == ("gray", "gray", 1)


@pytest.mark.parametrize(
    ("luma", "name"), [(0x12, "4:4:0"), (0x41, "4:1:1"), (0x42, "4:1:0"), (0x31, "other")]
)
def test_rare_samplings_have_their_names(luma: int, name: str) -> None:
    jpeg = changed(chroma("4:4:4"), SOF0, lambda raw: raw[:11] + bytes((luma,)) + raw[12:])
    assert inspect(jpeg).chroma == name


def test_chroma_planes_sampled_differently_have_no_name() -> None:
    jpeg = changed(chroma("4:2:0"), SOF0, lambda raw: raw[:14] + b"\x21" + raw[15:])
    assert inspect(jpeg).chroma == "other"


@pytest.mark.parametrize(("luma", "planes"), [(0x31, 0x21), (0x13, 0x12)])
def test_samplings_that_are_no_whole_ratio_have_no_name(luma: int, planes: int) -> None:
    def sampled(raw: bytes) -> bytes:
        return (
            raw[:11]
            + bytes((luma,))
            + raw[12:14]
            + bytes((planes,))
            + raw[15:17]
            + bytes((planes,))
            + raw[18:]
        )

    assert inspect(changed(chroma("4:4:4"), SOF0, sampled)).chroma == "other"


def test_the_entropy_coded_data_are_found() -> None:
    jpeg = chroma("4:2:2")
    ((start, end),) = inspect(jpeg).entropy
    header = jpeg.index(b"\xff\xda")
    assert start == header + 2 + int.from_bytes(jpeg[header + 2 : header + 4], "big")
    assert end == len(jpeg) - 2 == inspect(jpeg).eoi


@pytest.mark.parametrize(("size", "every"), [((48, 40), 1), ((200, 136), 3), ((640, 480), 1)])
def test_restart_markers_are_counted(size: tuple[int, int], every: int) -> None:
    jpeg = chroma("4:2:0", size=size, restart_marker_blocks=every)
    facts = require_sound(jpeg)
    units = -(-size[0] // 16) * -(-size[1] // 16)
    assert (facts.restart_interval, facts.restart_markers) == (every, -(-units // every) - 1)
    assert facts.restarts_in_order


def test_restart_markers_of_a_gray_photo_are_counted_in_its_own_units() -> None:
    assert require_sound(picture("L", size=(50, 41), restart_marker_blocks=2)).restart_markers == 20


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.integers(0, 2),
    st.sampled_from(["L", "RGB", "CMYK"]),
    st.booleans(),
    st.integers(0, 7),
)
def test_what_an_encoder_writes_is_whole_at_any_size(
    size: tuple[int, int], subsampling: int, mode: str, progressive: bool, every: int
) -> None:
    options = {"progressive": progressive, "restart_marker_blocks": every, "quality": 1 + 14 * every}
    facts = inspect(picture(mode, size, subsampling=subsampling, **options))
    assert facts.damage == ()
    assert (facts.width, facts.height) == size


def test_rgb_is_told_and_not_refused() -> None:
    facts = require_sound(picture(keep_rgb=True))
    assert facts.colour == "RGB"
    assert any("RGB" in note for note in facts.notes)


def test_colours_are_rgb_if_the_components_are_named_so_and_nothing_else_says() -> None:
    def named(raw: bytes) -> bytes:
        return raw[:10] + b"R" + raw[11:13] + b"G" + raw[14:16] + b"B" + raw[17:]

    def scanned(raw: bytes) -> bytes:
        return raw[:5] + b"R" + raw[6:7] + b"G" + raw[8:9] + b"B" + raw[10:]

    jpeg = changed(changed(chroma("4:4:4"), SOF0, named), SOS, scanned)
    assert inspect(jpeg).colour == "YCbCr"  # JFIF
    assert inspect(without(jpeg, APP0)).colour == "RGB"
    assert inspect(jpeg).damage == ()


def test_segments_are_listed_with_their_sizes() -> None:
    jpeg = after(chroma("4:2:0"), APP0, segment(APP13, b"Photoshop 3.0\0abc"), segment(COM, b"hello"))
    facts = inspect(jpeg)
    assert [(each.name, each.holds) for each in facts.segments] == [
        ("APP0", "JFIF"),
        ("APP13", "Photoshop"),
        ("COM", ""),
    ]
    for each in facts.segments:
        assert jpeg[each.offset] == 0xFF
        assert each.size == 2 + int.from_bytes(jpeg[each.offset + 2 : each.offset + 4], "big")


def test_a_colour_profile_is_seen_and_one_with_missing_parts_told() -> None:
    whole = after(chroma("4:2:0"), APP0, segment(APP2, b"ICC_PROFILE\0\x01\x01abc"))
    torn = after(chroma("4:2:0"), APP0, segment(APP2, b"ICC_PROFILE\0\x01\x02abc"))
    assert require_sound(whole).icc
    assert require_sound(whole).notes == ()
    assert any("ICC" in note for note in require_sound(torn).notes)


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_read(order: str, orientation: int) -> None:
    jpeg = at_front(chroma("4:2:0"), exif_with_thumbnail(b"", orientation, order))
    assert inspect(jpeg).orientation == orientation


@pytest.mark.parametrize("orientation", [0, 9])
def test_an_orientation_that_is_none_is_not_known(orientation: int) -> None:
    assert inspect(at_front(chroma("4:2:0"), exif_with_thumbnail(b"", orientation))).orientation is None


def test_a_thumbnail_is_found_and_not_taken_for_the_photo() -> None:
    inner = picture("L", size=(16, 16))
    nested = at_front(picture("L", size=(24, 24)), exif_with_thumbnail(inner))
    jpeg = at_front(chroma("4:2:2"), exif_with_thumbnail(nested))
    facts = require_sound(jpeg)
    (thumbnail,) = facts.thumbnails
    assert (facts.width, facts.height, facts.chroma) == (48, 40, "4:2:2")
    assert len(facts.entropy) == 1
    assert thumbnail.holder == "Exif"
    assert jpeg[thumbnail.offset : thumbnail.offset + thumbnail.size] == nested


def test_a_thumbnail_in_a_jfif_extension_is_found() -> None:
    small = picture("L", size=(16, 16))
    jpeg = after(chroma("4:2:0"), APP0, segment(APP0, b"JFXX\0\x10" + small))
    (thumbnail,) = require_sound(jpeg).thumbnails
    assert jpeg[thumbnail.offset : thumbnail.offset + thumbnail.size] == small


def test_a_thumbnail_in_the_jfif_header_is_found() -> None:
    small = bytes(range(12))
    jpeg = without(chroma("4:2:0"), APP0)
    jpeg = at_front(jpeg, segment(APP0, b"JFIF\0\1\1\0\0\1\0\1\2\2" + small))
    (thumbnail,) = require_sound(jpeg).thumbnails
    assert jpeg[thumbnail.offset : thumbnail.offset + thumbnail.size] == small


def test_a_thumbnail_that_reaches_out_of_its_segment_is_none() -> None:
    raw = exif_with_thumbnail(picture("L", size=(16, 16)))
    short = segment(APP1, raw[4:-1])
    assert require_sound(at_front(chroma("4:2:0"), short)).thumbnails == ()


def test_of_two_exif_segments_the_first_counts_and_both_are_told() -> None:
    jpeg = at_front(chroma("4:2:0"), exif_with_thumbnail(b"", 6), exif_with_thumbnail(b"", 3))
    facts = require_sound(jpeg)
    assert facts.orientation == 6
    assert any("2 Exif" in note for note in facts.notes)


def test_an_exif_segment_of_nonsense_is_told() -> None:
    facts = require_sound(at_front(chroma("4:2:0"), segment(APP1, b"Exif\0\0nonsense")))
    assert any("Exif" in note for note in facts.notes)


def test_fill_bytes_before_markers_are_legal() -> None:
    jpeg = changed(chroma("4:2:0"), DQT, lambda raw: b"\xff" * 1000 + raw)
    assert require_sound(jpeg[:-2] + b"\xff\xff" + jpeg[-2:]).width == 48


def test_fill_bytes_before_restart_markers_are_legal() -> None:
    jpeg = chroma("4:2:0", restart_marker_blocks=1)
    assert require_sound(jpeg.replace(b"\xff\xd2", b"\xff\xff\xd2")).restart_markers == 8


def test_filling_behind_the_end_is_told() -> None:
    for filling in (b"\0" * 4096, b"\xff" * 7):
        facts = require_sound(chroma("4:2:2") + filling)
        assert facts.trailing == len(filling)
        assert any("filling" in note for note in facts.notes)


SOFS = {
    0xC1: "extended sequential",
    0xC3: "lossless",
    0xC5: "hierarchical",
    0xC9: "arithmetic-coded sequential",
    0xCA: "arithmetic-coded progressive",
    0xCB: "arithmetic-coded lossless",
    0xCF: "arithmetic-coded hierarchical lossless",
    0xF7: "JPEG-LS",
}


@pytest.mark.parametrize(("marker", "words"), SOFS.items())
def test_other_processes_are_refused_by_name(marker: int, words: str) -> None:
    jpeg = changed(chroma("4:2:0"), SOF0, lambda raw: bytes((0xFF, marker)) + raw[2:])
    assert inspect(jpeg).damage == ()
    with pytest.raises(UnsupportedJpeg, match=f"a {words} JPEG .*baseline"):
        require_sound(jpeg)


def test_a_progressive_photo_is_refused() -> None:
    jpeg = picture(progressive=True)
    assert (inspect(jpeg).frame, inspect(jpeg).damage) == ("SOF2", ())
    assert len(inspect(jpeg).entropy) > 1
    with pytest.raises(UnsupportedJpeg, match="progressive"):
        require_sound(jpeg)


def test_a_cmyk_photo_is_refused() -> None:
    assert inspect(picture("CMYK")).colour == "CMYK"
    with pytest.raises(UnsupportedJpeg, match="4 colour components, CMYK"):
        require_sound(picture("CMYK"))


def test_an_adobe_transform_makes_it_ycck() -> None:
    jpeg = changed(picture("CMYK"), 0xEE, lambda raw: raw[:-1] + b"\x02")
    assert inspect(jpeg).colour == "YCCK"


def test_twelve_bits_are_refused() -> None:
    jpeg = changed(chroma("4:2:0"), SOF0, lambda raw: raw[:4] + b"\x0c" + raw[5:])
    with pytest.raises(UnsupportedJpeg, match="12 bits"):
        require_sound(jpeg)


def test_tables_of_sixteen_bits_are_refused() -> None:
    def widened(raw: bytes) -> bytes:
        values = raw[5:69]
        return segment(DQT, bytes((0x10 | raw[4],)) + b"".join(bytes((0, each)) for each in values))

    with pytest.raises(UnsupportedJpeg, match="16 bits"):
        require_sound(changed(chroma("4:2:0"), DQT, widened))


@pytest.mark.parametrize("marker", [0xCC, 0xDE, 0xDF])
def test_segments_of_other_processes_are_refused(marker: int) -> None:
    with pytest.raises(UnsupportedJpeg):
        require_sound(at_front(chroma("4:2:0"), segment(marker, b"\0\1")))


def test_a_height_that_comes_after_the_pixels_is_read_and_refused() -> None:
    jpeg = changed(chroma("4:2:0"), SOF0, lambda raw: raw[:5] + b"\0\0" + raw[7:])
    jpeg = jpeg[:-2] + segment(0xDC, b"\0\x28") + jpeg[-2:]
    assert inspect(jpeg).height == 40
    with pytest.raises(UnsupportedJpeg, match="DNL"):
        require_sound(jpeg)


def test_what_is_refused_is_said_with_a_next_step_and_a_code() -> None:
    with pytest.raises(UnsupportedJpeg, match="Save it as") as unsupported:
        require_sound(picture(progressive=True))
    with pytest.raises(DamagedJpeg, match="retake it") as damaged:
        require_sound(b"")
    assert (unsupported.value.code, damaged.value.code) == ("unsupported-jpeg", "damaged-jpeg")
    assert unsupported.value.exit_code == damaged.value.exit_code == 17
