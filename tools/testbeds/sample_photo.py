"""A JPEG of an exact size that no compressor makes smaller: what a sensor sends, for all a link can tell."""

from __future__ import annotations

import io
import random

COMMENT = b"\xff\xfe"
LARGEST_SEGMENT = 0xFFFF  # its two length bytes included, its marker not
SHORTEST = 4  # an empty comment: marker and length


def jpeg_of(size: int, chance: random.Random) -> bytes:
    """A picture that decoders accept, `size` bytes long: random comments stand before its pixels.

    Raises ImportError without Pillow, ValueError if `size` is less than the bare picture's.
    """
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(out, "jpeg", quality=80)
    bare = out.getvalue()
    missing = size - len(bare)
    if missing < 0 or 0 < missing < SHORTEST:
        raise ValueError(f"a photo takes {len(bare)} bytes, or {SHORTEST} more and upwards")
    comments = []
    while missing:
        length = min(missing - 2, LARGEST_SEGMENT)
        if 0 < missing - 2 - length < SHORTEST:
            length -= SHORTEST
        comments.append(COMMENT + length.to_bytes(2, "big") + chance.randbytes(length - 2))
        missing -= 2 + length
    return bare[:2] + b"".join(comments) + bare[2:]
