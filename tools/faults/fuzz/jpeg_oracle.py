"""What must hold for any bytes that are said to be a JPEG; raises AssertionError where it does not."""

from __future__ import annotations

from datetime import date, datetime, timezone

from oralcam.errors import JpegError
from oralcam.jpeg import JpegFacts, LightZone, PhotoMetadata, inspect, read, require_sound, strip, tag

SAID = PhotoMetadata(
    taken_at=datetime(2026, 11, 24, 10, 11, 12, 345678, timezone.utc),
    orientation=6,
    family_name="Müller",
    description="<山田>",
    date_of_service=date(2026, 11, 24),
    teeth=("14",),
    light=(LightZone("anterior", 0.5, 12.5),),
)


def jpeg(data: bytes) -> None:
    """Facts that lie within the file, or an error of ours; what is whole is tagged, read, stripped again."""
    facts = inspect(data)
    _lie_within(facts, data)
    try:
        assert require_sound(data) == facts
        assert facts.sound
    except JpegError:
        assert not facts.sound
    try:
        read(data)
    except JpegError:
        pass  # as it may: its XMP may be anything
    try:
        bare = strip(data)
    except JpegError:
        assert facts.damage
        return
    assert not facts.damage
    tagged = tag(data, SAID)
    assert read(tagged) == SAID
    assert strip(tagged) == strip(bare) == bare
    before, now = ([whole[start:end] for start, end in inspect(whole).entropy] for whole in (data, tagged))
    assert before == now


def _lie_within(facts: JpegFacts, data: bytes) -> None:
    for start, end in facts.entropy:
        assert 0 < start <= end <= len(data)
    for segment in facts.segments:
        assert 0 < segment.offset < segment.offset + segment.size <= len(data)
        assert data[segment.offset] == 0xFF
    for thumbnail in facts.thumbnails:
        assert 0 < thumbnail.offset < thumbnail.offset + thumbnail.size <= len(data)
    if facts.eoi is not None:
        assert data[facts.eoi : facts.eoi + 2] == b"\xff\xd9"
        assert facts.eoi + 2 + facts.trailing == len(data)
    assert len(facts.damage) <= 12


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def tiny(restarts: bool = False) -> bytes:
    """A small gray picture: 8 x 8, with restart markers 24 x 8. Each Huffman table has a single code."""
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xDB, b"\0" + b"\1" * 64),
            _segment(0xC0, b"\x08\0\x08\0" + (b"\x18" if restarts else b"\x08") + b"\1\1\x11\0"),
            _segment(0xC4, b"\x00\1" + bytes(15) + b"\0" + b"\x10\1" + bytes(15) + b"\0"),
            _segment(0xDD, b"\0\1") if restarts else b"",
            _segment(0xDA, b"\1\1\0\0\x3f\0"),
            b"\x3f\xff\xd0\x3f\xff\xd1\x3f" if restarts else b"\x3f",
            b"\xff\xd9",
        )
    )


def seeds() -> list[bytes]:
    """Inputs that lead far into the code."""
    comment = (
        _segment(0xFE, b"comment")
        + _segment(0xE2, b"ICC_PROFILE\0\1\1x")
        + _segment(0xEE, b"Adobe" + bytes(7))
    )
    plain = tiny()
    return [
        plain,
        tiny(restarts=True),
        plain[:2] + comment + plain[2:],
        tag(plain, SAID),
        tag(plain, PhotoMetadata()),
    ]
