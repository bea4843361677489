"""The Exif segment of a tagged photo (CIPA DC-008-2019, Exif 2.32), as `exiftool -validate` wants it."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import NamedTuple

from oralcam.jpeg.applications import EXIF_HEADER
from oralcam.jpeg.tiff import ASCII, LONG, RATIONAL, SHORT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from oralcam.jpeg.facts import JpegFacts
    from oralcam.jpeg.metadata import PhotoMetadata

_UNDEFINED = 7
_EXIF_DIRECTORY = 0x8769
_HEADER = b"MM\0*\0\0\0\x08"
_MICROSECONDS = 1_000_000
_INCH = 2
_SCREEN_DPI = 72  # what DC-008 says for an unknown resolution
_CENTERED = 1
_SRGB, _UNCALIBRATED = 1, 0xFFFF
# which channel each component is: Y 1, Cb 2, Cr 3, R 4, G 5, B 6
_CHANNELS = {"YCbCr": b"\1\2\3\0", "RGB": b"\4\5\6\0", "gray": b"\1\0\0\0"}


class _Value(NamedTuple):
    tag: int
    kind: int
    values: int
    raw: bytes


def exif(metadata: PhotoMetadata, facts: JpegFacts) -> bytes:
    """Return the body of an APP1 segment, identifier included."""
    picture = _picture(metadata)
    shot = _shot(metadata, facts)
    pointer = _number(_EXIF_DIRECTORY, LONG, 0)
    behind = len(_HEADER) + _size([*picture, pointer])
    picture.append(_number(_EXIF_DIRECTORY, LONG, behind))
    return EXIF_HEADER + _HEADER + _directory(picture, len(_HEADER)) + _directory(shot, behind)


def _picture(metadata: PhotoMetadata) -> list[_Value]:
    """Return the entries of IFD0."""
    return [
        *_text(0x010F, metadata.make),
        *_text(0x0110, metadata.model),
        _number(0x0112, SHORT, metadata.orientation),
        _rational(0x011A, Fraction(_SCREEN_DPI)),
        _rational(0x011B, Fraction(_SCREEN_DPI)),
        _number(0x0128, SHORT, _INCH),
        *_text(0x0131, metadata.software),
        _number(0x0213, SHORT, _CENTERED),  # said of gray and RGB too: validators miss it otherwise
    ]


def _shot(metadata: PhotoMetadata, facts: JpegFacts) -> list[_Value]:
    """Return the entries of the Exif directory."""
    values = [
        _Value(0x9000, _UNDEFINED, 4, b"0232"),
        _Value(0x9101, _UNDEFINED, 4, _CHANNELS.get(facts.colour, b"\0\0\0\0")),
        _Value(0xA000, _UNDEFINED, 4, b"0100"),
        _number(0xA001, SHORT, _UNCALIBRATED if facts.icc else _SRGB),
        _number(0xA002, LONG, facts.width),
        _number(0xA003, LONG, facts.height),
        *_text(0xA420, metadata.image_unique_id),
        *_text(0xA431, metadata.body_serial_number),
    ]
    if metadata.exposure_s is not None:
        values.append(_rational(0x829A, Fraction(round(metadata.exposure_s * _MICROSECONDS), _MICROSECONDS)))
    if metadata.iso is not None:
        values.append(_number(0x8827, SHORT, metadata.iso))
    if metadata.taken_at is not None:
        values += _moment(metadata.taken_at)
    return values


def _moment(taken_at: datetime) -> list[_Value]:
    """Return when the photo was taken and digitized: one moment for a digital camera, in local time and its
    offset.
    """
    local = taken_at.isoformat(" ", "seconds")
    offset = local[19:25]
    return [
        value
        for day, zone, fraction in ((0x9003, 0x9011, 0x9291), (0x9004, 0x9012, 0x9292))
        for value in (
            *_text(day, local[:19].replace("-", ":")),
            *_text(zone, offset),
            *_text(fraction, f"{taken_at.microsecond:06d}"),
        )
    ]


def _text(tag: int, text: str) -> list[_Value]:
    raw = text.encode("utf-8") + b"\0"
    return [_Value(tag, ASCII, len(raw), raw)] if text else []


def _number(tag: int, kind: int, value: int) -> _Value:
    return _Value(tag, kind, 1, struct.pack(">H" if kind == SHORT else ">I", value))


def _rational(tag: int, value: Fraction) -> _Value:
    return _Value(tag, RATIONAL, 1, struct.pack(">II", value.numerator, value.denominator))


def _size(values: list[_Value]) -> int:
    longer = sum(len(each.raw) + len(each.raw) % 2 for each in values if len(each.raw) > 4)
    return 2 + 12 * len(values) + 4 + longer


def _directory(values: list[_Value], at: int) -> bytes:
    """Return a directory that begins `at` bytes into the structure, sorted by tag.

    No other one follows it.
    """
    entries, rest = [], b""
    behind = at + 2 + 12 * len(values) + 4
    for tag, kind, count, raw in sorted(values):
        if len(raw) <= 4:
            where = raw.ljust(4, b"\0")
        else:
            where = struct.pack(">I", behind + len(rest))
            rest += raw + b"\0" * (len(raw) % 2)
        entries.append(struct.pack(">HHI", tag, kind, count) + where)
    return struct.pack(">H", len(values)) + b"".join(entries) + b"\0\0\0\0" + rest
