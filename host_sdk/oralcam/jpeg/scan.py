"""Checks of one scan of a picture: its tables, the order of its restart markers, its least size."""

from __future__ import annotations

import re

from oralcam.jpeg.markers import RST0

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from oralcam.jpeg.frame_header import FrameHeader

_RESTART = re.compile(rb"\xff([\xd0-\xd7])")
_PIECE = 8192  # bytes of a scan that are looked at together: what is found in them takes little memory
_CYCLE = bytes(range(RST0, RST0 + 8)) * (_PIECE // 8)


def components_of(body: bytes) -> tuple[tuple[int, int, int], ...] | None:
    """Return (component id, DC table, AC table) of each component in a scan header; None if it is damaged."""
    if not body or len(body) != 4 + 2 * body[0] or not 1 <= body[0] <= 4:
        return None
    return tuple((body[at], body[at + 1] >> 4, body[at + 1] & 15) for at in range(1, 1 + 2 * body[0], 2))


def restarts(data: bytes, start: int, end: int) -> tuple[int, bool]:
    """Return how many restart markers there are from `start` to `end`, and whether they count 0 to 7.

    After 7 they go on with 0.
    """
    count, in_order = 0, True
    at = start
    while at < end:
        stop = min(at + _PIECE, end)
        if stop < end and data[stop - 1] == 0xFF:
            stop += 1  # a marker is not cut in two
        found = b"".join(_RESTART.findall(data, at, stop))
        in_order = in_order and found == _CYCLE[count % 8 : count % 8 + len(found)]
        count += len(found)
        at = stop
    return count, in_order


def least_bytes(
    frame: FrameHeader, chosen: tuple[tuple[int, int, int], ...], shortest: Mapping[tuple[int, int], int]
) -> int:
    """Return the least size of a sequential Huffman scan, in bytes: each block has a DC code and an
    AC code.
    """
    units = frame.units(tuple(id for id, _, _ in chosen))
    blocks = {each.id: each.across * each.down for each in frame.components}  # in a unit, if there are others
    bits = sum(
        (1 if len(chosen) == 1 else blocks[id]) * (shortest[0, dc] + shortest[1, ac]) for id, dc, ac in chosen
    )
    return units * bits // 8
