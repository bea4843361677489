"""Metadata go into a JPEG and out of it; its pixels, and all that is not ours, stay as they are."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from oralcam.errors import DamagedJpeg
from oralcam.jpeg import Privacy, inspect, read, strip, tag
from tests.unit.jpeg.pictures import (
    APP0,
    APP1,
    APP2,
    APP13,
    COM,
    DQT,
    after,
    at_front,
    chroma,
    exif_with_thumbnail,
    parts,
    picture,
    pixels,
    segment,
    without,
)
from tests.unit.jpeg.test_metadata import WHOLE

PHOTOS = {
    "4:2:0": chroma("4:2:0"),
    "4:2:2": chroma("4:2:2"),
    "4:4:4": chroma("4:4:4"),
    "gray": picture("L"),
    "rgb": picture(keep_rgb=True),
    "restarts": chroma("4:2:0", restart_marker_blocks=2),
    "progressive": picture(progressive=True),
    "CMYK": picture("CMYK"),
    "no JFIF": without(chroma("4:2:2"), APP0),
    "filling": chroma("4:2:2") + bytes(7),
    "profile": after(chroma("4:2:0"), APP0, segment(APP2, b"ICC_PROFILE\0\1\1" + bytes(9000))),
    "fill bytes": at_front(chroma("4:2:0"), b"\xff\xff\xff"),
}
EXIF = exif_with_thumbnail(picture("L", size=(8, 8)), 6)
XMP = segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
MORE_XMP = segment(APP1, b"http://ns.adobe.com/xmp/extension/\0abc")
OTHER = segment(APP1, b"FLIR\0abc")
IPTC = segment(APP13, b"Photoshop 3.0\0 somebody's name")
COMMENT = segment(COM, b"somebody's name")


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("privacy", Privacy)
def test_the_sensors_bytes_come_back(name: str, privacy: Privacy) -> None:
    jpeg = PHOTOS[name]
    tagged = tag(jpeg, WHOLE, privacy)
    assert len(tagged) > len(jpeg)
    assert strip(tagged) == jpeg
    assert strip(jpeg) == jpeg


@pytest.mark.parametrize("name", PHOTOS)
def test_pixels_and_all_other_segments_stay(name: str) -> None:
    jpeg = PHOTOS[name]
    tagged = tag(jpeg, WHOLE)
    before, now = inspect(jpeg), inspect(tagged)
    assert [jpeg[start:end] for start, end in before.entropy] == [
        tagged[start:end] for start, end in now.entropy
    ]
    assert [raw for marker, raw in parts(tagged) if marker != APP1] == [raw for _, raw in parts(jpeg)]
    assert (now.damage, now.unsupported, now.notes) == (before.damage, before.unsupported, before.notes)
    assert pixels(tagged) == pixels(jpeg)


def test_ours_stand_behind_jfif_and_before_all_else() -> None:
    assert [marker for marker, _ in parts(tag(PHOTOS["profile"], WHOLE))][:4] == [APP0, APP1, APP1, APP2]
    assert [marker for marker, _ in parts(tag(PHOTOS["no JFIF"], WHOLE))][:2] == [APP1, APP1]
    assert [each.holds for each in inspect(tag(PHOTOS["gray"], WHOLE)).segments] == ["JFIF", "Exif", "XMP"]


def test_a_jfif_extension_that_stands_elsewhere_is_not_followed() -> None:
    late = after(picture("L"), DQT, segment(APP0, b"JFXX\0\x10abc"))
    tagged = tag(late, WHOLE)
    assert [marker for marker, _ in parts(tagged)][:4] == [APP0, APP1, APP1, DQT]
    assert strip(tagged) == late


def test_tagging_again_replaces_what_was_said() -> None:
    once = tag(PHOTOS["4:2:2"], WHOLE)
    corrected = replace(WHOLE, teeth=("3",), family_name="山田")
    assert tag(once, corrected) == tag(PHOTOS["4:2:2"], corrected)
    assert read(tag(once, corrected)) == corrected
    assert tag(once, WHOLE) == once


def test_exif_and_xmp_of_others_are_replaced_and_the_rest_of_theirs_stays_at_full() -> None:
    jpeg = after(PHOTOS["4:2:0"], APP0, EXIF, COMMENT, XMP, OTHER, MORE_XMP, IPTC)
    tagged = [raw for _, raw in parts(tag(jpeg, WHOLE))]
    assert {EXIF, XMP, MORE_XMP} & set(tagged) == set()
    assert {COMMENT, OTHER, IPTC} <= set(tagged)
    assert read(tag(jpeg, WHOLE)) == WHOLE
    assert strip(tag(jpeg, WHOLE)) == strip(jpeg) == PHOTOS["4:2:0"]


@pytest.mark.parametrize("privacy", [Privacy.NONE, Privacy.MINIMAL])
def test_below_full_nothing_of_others_stays_that_may_name_somebody(privacy: Privacy) -> None:
    jpeg = after(PHOTOS["profile"], APP0, EXIF, COMMENT, XMP, OTHER, MORE_XMP, IPTC)
    assert tag(jpeg, WHOLE, privacy) == tag(PHOTOS["profile"], WHOLE, privacy)


def test_a_comment_between_two_scans_is_stripped_too() -> None:
    jpeg = picture(progressive=True)
    (_, first_end), *_ = inspect(jpeg).entropy
    commented = jpeg[:first_end] + COMMENT + jpeg[first_end:]
    assert inspect(commented).damage == ()
    assert strip(commented) == jpeg
    assert strip(tag(commented, WHOLE)) == jpeg


def test_each_level_says_no_more_than_its_own() -> None:
    planted = replace(
        WHOLE,
        family_name="Zebedaeus",
        given_name="Philomena",
        description="Zebedaeus again",
        reason="says Philomena",
        operator="Zebedaeus",
        patient_id="PID-77",
        record_id="REC-77",
    )
    jpeg = PHOTOS["4:2:2"]
    minimal, none = (tag(jpeg, planted, privacy) for privacy in (Privacy.MINIMAL, Privacy.NONE))
    for word in (b"Zebedaeus", b"Philomena"):
        assert word in tag(jpeg, planted)
        assert word not in minimal
    for word in (b"PID-77", b"REC-77", b"OC-000123", b"2026"):
        assert word in minimal
        assert word not in none
    assert read(none).teeth == ("14", "15")


@pytest.mark.parametrize("privacy", Privacy)
def test_there_is_never_a_place_in_it(privacy: Privacy) -> None:
    with Image.open(io.BytesIO(tag(PHOTOS["4:2:2"], WHOLE, privacy))) as image:
        assert not image.getexif().get_ifd(0x8825)
        assert 0x8825 not in image.getexif()


def test_a_turned_or_mirrored_photo_is_said_to_be_and_not_turned() -> None:
    said = replace(WHOLE, orientation=8, mirror="uncorrected")
    tagged = tag(PHOTOS["4:2:2"], said)
    assert inspect(tagged).orientation == 8
    assert pixels(tagged) == pixels(PHOTOS["4:2:2"])
    assert b"uncorrected" in tagged


def test_another_decoder_reads_the_orientation() -> None:
    for orientation in range(1, 9):
        with Image.open(io.BytesIO(tag(PHOTOS["4:2:2"], replace(WHOLE, orientation=orientation)))) as image:
            assert image.getexif()[0x0112] == orientation


@pytest.mark.parametrize(("name", "space"), [("4:2:0", 1), ("profile", 0xFFFF)])
def test_colours_are_srgb_unless_a_profile_says_otherwise(name: str, space: int) -> None:
    with Image.open(io.BytesIO(tag(PHOTOS[name], WHOLE))) as image:
        assert image.getexif().get_ifd(0x8769)[0xA001] == space


@pytest.mark.parametrize(
    "change", [lambda jpeg: jpeg[:-300], lambda jpeg: b"x" + jpeg, lambda jpeg: jpeg + b"x"]
)
def test_what_is_damaged_is_neither_tagged_nor_stripped(change) -> None:
    damaged = change(PHOTOS["4:2:2"])
    for action in (strip, lambda jpeg: tag(jpeg, WHOLE)):
        with pytest.raises(DamagedJpeg, match="left as it is"):
            action(damaged)


def test_the_same_is_written_every_time() -> None:
    assert tag(PHOTOS["4:2:2"], WHOLE) == tag(PHOTOS["4:2:2"], WHOLE)
