"""Facts about a JPEG file, as `inspect` returns them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Colour = Literal["YCbCr", "RGB", "gray", "CMYK", "YCCK", "unknown"]


@dataclass(frozen=True)
class Component:
    """A colour component: its id, how often it is sampled (1..4) across and down, its quantization table."""

    id: int
    across: int
    down: int
    table: int


@dataclass(frozen=True)
class SegmentFacts:
    """An APPn or COM segment: `size` counts its two marker bytes too; `holds` is "JFIF", "Exif", "XMP" …"""

    name: str
    offset: int
    size: int
    holds: str


@dataclass(frozen=True)
class Thumbnail:
    """A small picture inside a segment: `size` bytes at `offset` of the file. It is not the photo."""

    holder: str
    offset: int
    size: int


@dataclass(frozen=True)
class JpegFacts:
    """A JPEG file as its own bytes describe it. What is not known is None, 0 or empty.

    `frame` is "SOF0" for baseline; `chroma` "4:2:0", "4:2:2", "4:4:4", "4:4:0", "4:1:1", "gray" or "other".
    `entropy` holds the extents of the entropy-coded data, one for each scan. `damage`, `unsupported` and
    `notes` are sentences: what is broken, why a whole file is of no use to charts and archives, and what is
    only mentioned.
    """

    size: int
    frame: str = ""
    process: str = ""
    precision: int = 0
    width: int = 0
    height: int = 0
    components: tuple[Component, ...] = ()
    chroma: str = ""
    colour: Colour = "unknown"
    restart_interval: int = 0
    restart_markers: int = 0
    restarts_in_order: bool = True
    segments: tuple[SegmentFacts, ...] = ()
    thumbnails: tuple[Thumbnail, ...] = ()
    entropy: tuple[tuple[int, int], ...] = ()
    icc: bool = False
    orientation: int | None = None
    junk_before: int = 0
    eoi: int | None = None
    trailing: int = 0
    damage: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """True if the file is whole, and of a kind that charts and archives take."""
        return not self.damage and not self.unsupported
