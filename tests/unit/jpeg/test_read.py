"""What a photo says of itself is read from its own bytes, whoever wrote them."""

from __future__ import annotations

import struct

import pytest

from oralcam.errors import DamagedJpeg
from oralcam.jpeg import NAMESPACE, PhotoMetadata, Privacy, read, tag
from tests.unit.jpeg.pictures import (
    APP0,
    APP1,
    COM,
    DQT,
    after,
    at_front,
    chroma,
    exif_with_thumbnail,
    parts,
    picture,
    segment,
)
from tests.unit.jpeg.test_metadata import WHOLE

PHOTO = chroma("4:2:2")
XMP = b"http://ns.adobe.com/xap/1.0/\0"
NAMES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    f'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:o="{NAMESPACE}"'
)


def with_packet(packet: str | bytes) -> bytes:
    raw = packet.encode("utf-8") if isinstance(packet, str) else packet
    return after(PHOTO, APP0, segment(APP1, XMP + raw))


def described(attributes: str = "", inside: str = "") -> bytes:
    return with_packet(
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {NAMES}><rdf:Description rdf:about="" {attributes}>'
        f"{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def test_a_photo_that_says_nothing() -> None:
    assert read(PHOTO) == PhotoMetadata()


def test_all_is_read_back() -> None:
    assert read(tag(PHOTO, WHOLE)) == WHOLE
    back = read(tag(PHOTO, WHOLE))
    assert back.taken_at is not None
    assert WHOLE.taken_at is not None
    assert back.taken_at.isoformat() == WHOLE.taken_at.isoformat()  # its offset too


def test_a_level_is_read_back_as_far_as_it_goes() -> None:
    for privacy in Privacy:
        assert read(tag(PHOTO, WHOLE, privacy)) == WHOLE.at(privacy)


def test_another_way_to_write_the_same_is_understood() -> None:
    jpeg = described(
        'o:View="occlusal" o:Gain="2.5" photoshop:DateCreated="2026-11-24T10:11:12+01:00"',
        "<o:Teeth><rdf:Bag><rdf:li>14</rdf:li></rdf:Bag></o:Teeth>"
        '<o:Light><rdf:Seq><rdf:li o:Zone="a" o:Level="1" o:CurrentMilliampere="2"/>'
        '<rdf:li><rdf:Description o:Zone="b" o:Level="0"><o:CurrentMilliampere>0</o:CurrentMilliampere>'
        "</rdf:Description></rdf:li></rdf:Seq></o:Light>",
    )
    found = read(jpeg)
    assert (found.view, found.gain, found.teeth) == ("occlusal", 2.5, ("14",))
    assert [(each.zone, each.level, each.current_ma) for each in found.light] == [("a", 1, 2), ("b", 0, 0)]
    assert found.taken_at is not None
    assert found.taken_at.isoformat() == "2026-11-24T10:11:12+01:00"


def test_properties_in_several_descriptions_are_read() -> None:
    jpeg = with_packet(
        f"<rdf:RDF {NAMES}><rdf:Description><o:View>a</o:View></rdf:Description>"
        "<rdf:Description><o:Area>b</o:Area></rdf:Description></rdf:RDF>"
    )
    assert (read(jpeg).view, read(jpeg).area) == ("a", "b")


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)


@pytest.mark.parametrize(
    "packet",
    [
        BOMB,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        "<x>&unknown;</x>",
        "<x><y></x>",
        "",
        "no XML",
        b"<x>\xff\xfe</x>",
        b"<x>\0</x>",
        "<x>" * 20_000,
        "<a>" * 40 + "</a>" * 40,
    ],
    ids=["bomb", "outside", "entity", "crossed", "empty", "text", "bytes", "nul", "deep", "deep and closed"],
)
def test_a_packet_that_is_no_xml_or_may_do_harm_is_refused(packet: str | bytes) -> None:
    with pytest.raises(DamagedJpeg, match="XMP metadata in this photo cannot be read"):
        read(with_packet(packet))


@pytest.mark.parametrize(
    "inside",
    [
        "<o:Gain>much</o:Gain>",
        "<o:Gain>nan</o:Gain>",
        "<o:DateOfService>yesterday</o:DateOfService>",
        "<o:View><rdf:Seq><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Seq></o:View>",
        "<o:Light>bright</o:Light>",
        '<o:Light><rdf:Seq><rdf:li o:Zone="a"/></rdf:Seq></o:Light>',
        "<o:FamilyName>" + "Zebedaeus" * 1000 + "</o:FamilyName>",
        "<o:FamilyName>Zebedaeus&#10;</o:FamilyName>",
    ],
)
def test_what_we_never_write_in_our_namespace_is_refused_and_not_repeated(inside: str) -> None:
    with pytest.raises(DamagedJpeg, match="not as oralcam writes it") as refused:
        read(described(inside=inside))
    assert "Zebedaeus" not in str(refused.value) + repr(refused.value.__cause__)


@pytest.mark.parametrize(
    "inside",
    [
        "<dc:description>" + "x" * 3000 + "</dc:description>",
        "<photoshop:DateCreated>2026-11-24</photoshop:DateCreated>",
        "<photoshop:DateCreated>soon</photoshop:DateCreated>",
        "<dc:description><rdf:Alt><rdf:li><dc:a>b</dc:a></rdf:li></rdf:Alt></dc:description>",
        "<dc:description><rdf:Alt/></dc:description>",
    ],
)
def test_what_others_write_elsewhere_is_left_out(inside: str) -> None:
    assert read(described(inside=inside)) == PhotoMetadata()


def test_extended_xmp_does_not_count() -> None:
    extended = segment(APP1, b"http://ns.adobe.com/xmp/extension/\0" + BOMB.encode())
    assert read(after(tag(PHOTO, WHOLE), APP0, extended)) == WHOLE


def test_of_two_packets_and_two_exif_segments_the_first_count() -> None:
    twice = tag(PHOTO, WHOLE)
    later = [
        raw for marker, raw in parts(tag(PHOTO, PhotoMetadata(view="other", make="other"))) if marker == APP1
    ]
    assert read(after(twice, DQT, *later)) == WHOLE


def test_a_packet_may_end_in_zeros() -> None:
    packet = f'<rdf:RDF {NAMES}><rdf:Description o:View="a"/></rdf:RDF>'
    assert read(with_packet(packet + "\0\0")).view == "a"


def test_a_cut_photo_is_not_read() -> None:
    with pytest.raises(DamagedJpeg, match="cut off"):
        read(tag(PHOTO, WHOLE)[:-2])


def entry(tag: int, kind: int, values: int, where: int) -> bytes:
    return struct.pack("<HHII", tag, kind, values, where)


def exif(*shot: bytes, more: bytes = b"", picture: bytes = b"") -> bytes:
    """A photo of another program: little-endian, one Exif directory."""
    first = struct.pack("<H", 1 + (1 if picture else 0)) + picture + entry(0x8769, 4, 1, 60) + bytes(4)
    second = struct.pack("<H", len(shot)) + b"".join(shot) + bytes(4)
    tiff = (b"II*\0\x08\0\0\0" + first).ljust(60, b"\0") + second.ljust(100, b"\0") + more
    return at_front(PHOTO, segment(APP1, b"Exif\0\0" + tiff))


def test_another_programs_exif_is_read() -> None:
    day = b"2026:11:24 10:11:12\0+01:00\0"
    found = read(
        exif(
            entry(0x9003, 2, 20, 160),
            entry(0x9011, 2, 7, 180),
            entry(0x829A, 5, 1, 188),
            entry(0x8827, 3, 1, 400),
            more=day + b"\0" + struct.pack("<II", 1, 250),
        )
    )
    assert found.taken_at is not None
    assert found.taken_at.isoformat() == "2026-11-24T10:11:12+01:00"
    assert (found.exposure_s, found.iso) == (0.004, 400)


@pytest.mark.parametrize(
    ("fraction", "microsecond"),
    [(b"5\0", 500_000), (b"12\0", 120_000), (b"12345678\0", 123_456), (b"soon\0", 0)],
)
def test_fractions_of_a_second_have_any_number_of_digits(fraction: bytes, microsecond: int) -> None:
    words = (b"2026:11:24 10:11:12\0", b"+01:00\0", fraction)
    starts = (160, 180, 187)
    tags = (0x9003, 0x9011, 0x9291)
    shot = [entry(*each) for each in zip(tags, (2, 2, 2), map(len, words), starts, strict=True)]
    if len(fraction) <= 4:  # it stands in the entry itself
        shot[2] = shot[2][:8] + fraction.ljust(4, b"\0")
    taken_at = read(exif(*shot, more=b"".join(words))).taken_at
    assert taken_at is not None
    assert taken_at.microsecond == microsecond


def test_a_time_without_an_offset_is_not_known() -> None:
    assert read(exif(entry(0x9003, 2, 20, 160), more=b"2026:11:24 10:11:12\0")).taken_at is None


@pytest.mark.parametrize(
    "shot",
    [
        entry(0x829A, 5, 1, 0xFFFFFFFF),
        entry(0x829A, 5, 1, 160),  # n/0
        entry(0x8827, 3, 1, 0),
        entry(0xA431, 2, 0xFFFFFFFF, 160),
        entry(0xA431, 2, 20, 1 << 31),
        entry(0xA431, 2, 8, 168),  # no UTF-8
        entry(0xA431, 2, 9, 176),  # a control character
        entry(0x9003, 2, 20, 160),
    ],
)
def test_nonsense_of_another_program_is_left_out(shot: bytes) -> None:
    assert (
        read(exif(shot, more=struct.pack("<II", 7, 0) + b"\xff" * 8 + b"a\x07b" + bytes(20)))
        == PhotoMetadata()
    )


def test_nothing_outside_its_segment_is_read() -> None:
    shot = (entry(0xA431, 2, 5, 170), entry(0x8827, 3, 1, 200), entry(0x829A, 5, 1, 180))
    jpeg = exif(*shot)
    end = jpeg.index(b"Exif") - 2 + int.from_bytes(jpeg[4:6], "big")
    secret = segment(COM, b"Zebedaeus" * 20)
    assert read(jpeg[:end] + secret + jpeg[end:]) == PhotoMetadata(iso=200)


def test_of_an_entry_that_is_there_twice_the_first_counts() -> None:
    assert read(exif(entry(0x8827, 3, 1, 200), entry(0x8827, 3, 1, 400))).iso == 200


def test_directories_that_point_at_themselves_end() -> None:
    loop = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry(0x8769, 4, 1, 8) + struct.pack("<I", 8)
    assert read(at_front(PHOTO, segment(APP1, b"Exif\0\0" + loop))) == PhotoMetadata()


def test_a_thumbnails_metadata_are_not_the_photos() -> None:
    thumbnail = tag(picture("L", size=(8, 8)), WHOLE)
    assert read(at_front(PHOTO, exif_with_thumbnail(thumbnail, 3))) == PhotoMetadata(orientation=3)
