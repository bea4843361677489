"""The frame header (SOF): how a picture is coded, how large it is, how its colours are sampled."""

from __future__ import annotations

from typing import NamedTuple

from oralcam.jpeg.facts import Component
from oralcam.jpeg.markers import name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.jpeg.facts import Colour

# ISO/IEC 10918-1, table B.1; SOF55 is of ISO/IEC 14495-1
PROCESSES = {
    "SOF0": "baseline",
    "SOF1": "extended sequential",
    "SOF2": "progressive",
    "SOF3": "lossless",
    "SOF5": "hierarchical",
    "SOF6": "hierarchical progressive",
    "SOF7": "hierarchical lossless",
    "SOF9": "arithmetic-coded sequential",
    "SOF10": "arithmetic-coded progressive",
    "SOF11": "arithmetic-coded lossless",
    "SOF13": "arithmetic-coded hierarchical",
    "SOF14": "arithmetic-coded hierarchical progressive",
    "SOF15": "arithmetic-coded hierarchical lossless",
    "SOF55": "JPEG-LS",
}
_CHROMA = {
    (1, 1): "4:4:4",
    (2, 1): "4:2:2",
    (2, 2): "4:2:0",
    (1, 2): "4:4:0",
    (4, 1): "4:1:1",
    (4, 2): "4:1:0",
}
_RGB_IDS = (0x52, 0x47, 0x42)


class FrameHeader(NamedTuple):
    """A frame header as it stands in the file."""

    name: str
    precision: int
    height: int
    width: int
    components: tuple[Component, ...]

    @property
    def process(self) -> str:
        """The coding process in words."""
        return PROCESSES[self.name]

    @property
    def chroma(self) -> str:
        """The chroma subsampling: "4:2:0", "4:2:2", "4:4:4", "4:4:0", "4:1:1", "gray" or "other"."""
        if len(self.components) == 1:
            return "gray"
        if len(self.components) != 3:
            return "other"
        luma, blue, red = self.components
        if (
            (blue.across, blue.down) != (red.across, red.down)
            or luma.across % blue.across
            or luma.down % blue.down
        ):
            return "other"
        return _CHROMA.get((luma.across // blue.across, luma.down // blue.down), "other")

    def colour(self, jfif: bool, adobe_transform: int | None) -> Colour:
        """Return the colour space, decided as libjpeg does.

        JFIF is always YCbCr; then Adobe's word counts, then the components' ids.
        """
        count = len(self.components)
        if count == 1:
            return "gray"
        if count == 4:
            return "YCCK" if adobe_transform == 2 else "CMYK"
        if count != 3:
            return "unknown"
        if jfif:
            return "YCbCr"
        if adobe_transform is not None:
            return "RGB" if adobe_transform == 0 else "YCbCr"
        return "RGB" if tuple(each.id for each in self.components) == _RGB_IDS else "YCbCr"

    def units(self, ids: tuple[int, ...]) -> int:
        """Return the number of minimum coded units in a scan of these components (ISO/IEC 10918-1, A.2)."""
        widest = max(each.across for each in self.components)
        highest = max(each.down for each in self.components)
        if len(ids) > 1:
            return _parts(self.width, 8 * widest) * _parts(self.height, 8 * highest)
        (only,) = (each for each in self.components if each.id in ids)
        across = _parts(self.width * only.across, 8 * widest)
        return across * _parts(self.height * only.down, 8 * highest)


def _parts(whole: int, part: int) -> int:
    """Return how many parts cover the whole."""
    return -(-whole // part)


def frame_header_of(marker: int, body: bytes) -> FrameHeader | None:
    """Read a frame header; return None if it does not say what it must."""
    if len(body) < 6 or len(body) != 6 + 3 * body[5] or not body[5]:
        return None
    components = tuple(
        Component(body[at], body[at + 1] >> 4, body[at + 1] & 15, body[at + 2])
        for at in range(6, len(body), 3)
    )
    if any(not 1 <= each.across <= 4 or not 1 <= each.down <= 4 for each in components):
        return None
    if len({each.id for each in components}) != len(components):
        return None
    height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    return FrameHeader(name_of(marker), body[0], height, width, components)
