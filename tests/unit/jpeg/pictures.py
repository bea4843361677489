"""JPEGs that Pillow makes, and the same with single segments taken out, changed or put in."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from PIL import Image

SOF0, DHT, SOS, DQT, DRI, DNL, APP0, APP1, APP2, APP13, COM = (
    0xC0, 0xC4, 0xDA, 0xDB, 0xDD, 0xDC, 0xE0, 0xE1, 0xE2, 0xED, 0xFE,
)  # fmt: skip
SUBSAMPLING = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}


@lru_cache
def picture(mode: str = "RGB", size: tuple[int, int] = (48, 40), **options: Any) -> bytes:
    """A picture with something to see everywhere, as Pillow writes it."""
    ramp = Image.linear_gradient("L").resize(size)
    across = ramp.transpose(Image.Transpose.ROTATE_90).resize(size)
    image = Image.merge("RGB", (ramp, across, Image.effect_noise(size, 40))).convert(mode)
    out = io.BytesIO()
    image.save(out, "jpeg", **{"quality": 85, **options})
    return out.getvalue()


def chroma(name: str, **options: Any) -> bytes:
    """A picture of that sampling."""
    return picture(subsampling=SUBSAMPLING[name], **options)


def pixels(jpeg: bytes) -> bytes:
    """Decoded."""
    with Image.open(io.BytesIO(jpeg)) as image:
        return image.tobytes()


def segment(marker: int, body: bytes) -> bytes:
    """Marker, length, body."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def parts(jpeg: bytes) -> list[tuple[int, bytes]]:
    """(marker, all its bytes) of each segment up to the first scan, whose bytes reach to the end."""
    at, found = 2, []
    while True:
        start = at
        while jpeg[at + 1] == 0xFF:
            at += 1  # fill bytes belong to what follows
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        end = len(jpeg) if marker == SOS else at + 2 + length
        found.append((marker, jpeg[start:end]))
        if marker == SOS:
            return found
        at = end


def changed(jpeg: bytes, marker: int, change: Callable[[bytes], bytes]) -> bytes:
    """With all segments of that marker changed; each is given whole, its marker and length too."""
    return jpeg[:2] + b"".join(change(raw) if found == marker else raw for found, raw in parts(jpeg))


def without(jpeg: bytes, marker: int) -> bytes:
    """Without all segments of that marker."""
    return changed(jpeg, marker, lambda _: b"")


def after(jpeg: bytes, marker: int, *more: bytes) -> bytes:
    """With more behind each segment of that marker."""
    return changed(jpeg, marker, lambda raw: raw + b"".join(more))


def at_front(jpeg: bytes, *more: bytes) -> bytes:
    """With more right behind its SOI."""
    return jpeg[:2] + b"".join(more) + jpeg[2:]


def exif_with_thumbnail(thumbnail: bytes, orientation: int = 1, order: str = ">") -> bytes:
    """An APP1 segment whose second directory holds a small JPEG."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    first = struct.pack(order + "H", 1) + struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    second_at = 8 + len(first) + 4
    picture_at = second_at + 2 + 24 + 4
    second = (
        struct.pack(order + "H", 2)
        + struct.pack(order + "HHII", 0x0201, 4, 1, picture_at)
        + struct.pack(order + "HHII", 0x0202, 4, 1, len(thumbnail))
        + struct.pack(order + "I", 0)
    )
    tiff = (
        mark + struct.pack(order + "I", 8) + first + struct.pack(order + "I", second_at) + second + thumbnail
    )
    return segment(APP1, b"Exif\0\0" + tiff)
