"""`inspect`: what a JPEG file is, from its own bytes, without decoding it."""

from __future__ import annotations

from oralcam.jpeg.applications import Applications
from oralcam.jpeg.facts import JpegFacts
from oralcam.jpeg.frame import Frame, frame_of
from oralcam.jpeg.markers import (
    APPLICATIONS,
    COM,
    DAC,
    DHP,
    DHT,
    DNL,
    DQT,
    DRI,
    EXP,
    FRAMES,
    KNOWN,
    SOS,
    name_of,
)
from oralcam.jpeg.scan import components_of, least_bytes, restarts
from oralcam.jpeg.tables import huffman_tables, quantization_tables
from oralcam.jpeg.verdict import notes_on, unsupported_because
from oralcam.jpeg.walk import Segment, Walk, counted

MOST_PADDING = 4096  # bytes behind the end: what sensors and their DMA buffers leave there
_SEQUENTIAL = ("SOF0", "SOF1")


def inspect(data: bytes) -> JpegFacts:
    """What there is to say of any bytes; what is wrong with them stands in `damage`, nothing is raised.

    Time grows linearly with the size, memory with the number of markers, at most 1,000. The pixels are not
    decoded: of the entropy-coded data, the extent, the restart markers and the least length are checked.
    """
    walk = Walk(data)
    inspection = Inspection(walk)
    for segment in walk.segments():
        inspection.take(segment)
    return inspection.facts()


class Inspection:
    """What has been seen of a file so far."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._data = walk.data
        self.applications = Applications(walk.data)
        self.frame: Frame | None = None
        self.quantization: dict[int, int] = {}
        self.entropy: list[tuple[int, int]] = []
        self.hierarchical = False
        self.arithmetic_tables = False
        self.dnl = False
        self._shortest: dict[tuple[int, int], int] = {}
        self._interval = 0
        self._restarts = 0
        self._restarts_in_order = True
        self._scanned: set[int] = set()

    def take(self, segment: Segment) -> None:
        """The next segment of the walk."""
        marker = segment.marker
        if marker in APPLICATIONS or marker == COM:
            self.applications.take(segment)
        elif marker in FRAMES:
            self._take_frame(segment)
        elif marker == SOS:
            self._take_scan(segment)
        elif marker in (DHP, EXP):
            self.hierarchical = True
        elif marker not in KNOWN:
            self._walk.complain(f"It has a segment {name_of(marker)}, which the standard does not know.")
        else:
            self._take_table(marker, self._data[segment.body : segment.end])

    def _take_frame(self, segment: Segment) -> None:
        name = name_of(segment.marker)
        if self.frame is not None:
            self._walk.complain(f"It has a second frame header ({name} at {segment.start:,}).")
            return
        self.frame = frame_of(segment.marker, self._data[segment.body : segment.end])
        if self.frame is None:
            self._walk.complain(f"Its frame header {name} is damaged.")
        elif self.frame.width == 0:
            self._walk.complain("It says that it is 0 pixels wide.")

    def _take_table(self, marker: int, body: bytes) -> None:
        if marker == DQT:
            quantization = quantization_tables(body)
            self.quantization.update(quantization or {})
            damaged = quantization is None
        elif marker == DHT:
            huffman = huffman_tables(body)
            self._shortest.update(huffman or {})
            damaged = huffman is None
        elif marker == DRI:
            damaged = len(body) != 2
            self._interval = int.from_bytes(body[:2], "big")
        elif marker == DNL:
            damaged = len(body) != 2 or self.frame is None or not self.entropy
            self._take_height(int.from_bytes(body[:2], "big"))
        else:
            damaged = marker != DAC
            self.arithmetic_tables = True
        if damaged:
            self._walk.complain(f"Its segment {name_of(marker)} is damaged.")

    def _take_height(self, height: int) -> None:
        """The number of lines, said after the first scan."""
        if self.frame is not None and self.frame.height == 0:
            self.dnl = True
            self.frame = self.frame._replace(height=height)
        elif self.frame is not None and self.frame.height != height:
            self._walk.complain("It says two different heights (SOF and DNL).")

    def _take_scan(self, segment: Segment) -> None:
        start, end = segment.end, segment.entropy_end
        self.entropy.append((start, end))
        count, in_order = restarts(self._data, start, end)
        self._restarts += count
        self._restarts_in_order = self._restarts_in_order and in_order
        chosen = components_of(self._data[segment.body : segment.end])
        frame = self.frame
        if frame is None:
            self._walk.complain("Its pixels come before a frame header (SOF).")
        elif chosen is None or not {id for id, _, _ in chosen} <= {each.id for each in frame.components}:
            self._walk.complain(f"Its scan header (SOS at {segment.start:,}) is damaged.")
        else:
            self._scanned.update(id for id, _, _ in chosen)
            self._check_scan(frame, chosen, end - start, count)
        if not in_order:
            self._walk.complain("Its restart markers are not in order: parts of the picture are missing.")

    def _check_scan(
        self, frame: Frame, chosen: tuple[tuple[int, int, int], ...], size: int, restarts: int
    ) -> None:
        if (
            any(each.table not in self.quantization for each in frame.components)
            and frame.name in _SEQUENTIAL
        ):
            self._walk.complain("A quantization table (DQT) is missing.")
        if frame.height == 0 or frame.width == 0 or frame.process in ("lossless", "JPEG-LS"):
            return
        if frame.name in _SEQUENTIAL:
            if any((0, dc) not in self._shortest or (1, ac) not in self._shortest for _, dc, ac in chosen):
                self._walk.complain(
                    "A Huffman table (DHT) is missing, as in the frames of a motion-JPEG film."
                )
            elif size < least_bytes(frame, chosen, self._shortest):
                self._walk.complain(
                    f"Its {size:,} bytes of pixels are too few for {frame.width} x {frame.height}."
                )
        units = frame.units(tuple(id for id, _, _ in chosen))
        expected = -(-units // self._interval) - 1 if self._interval else 0
        if restarts != expected:
            self._walk.complain(
                f"It has {restarts:,} restart markers where {expected:,} belong: parts of it are missing."
            )

    def facts(self) -> JpegFacts:
        """All of it, once the walk has ended."""
        frame, walk, said = self.frame, self._walk, self.applications
        trailing = 0 if walk.eoi is None else len(self._data) - walk.eoi - 2
        padded = walk.eoi is not None and self._padded(walk.eoi + 2)
        self._complain_of_the_whole(0 if padded else trailing)
        return JpegFacts(
            size=len(self._data),
            frame=frame.name if frame else "",
            process=frame.process if frame else "",
            precision=frame.precision if frame else 0,
            width=frame.width if frame else 0,
            height=frame.height if frame else 0,
            components=frame.components if frame else (),
            chroma=frame.chroma if frame else "",
            colour=frame.colour(said.jfif, said.adobe_transform) if frame else "unknown",
            restart_interval=self._interval,
            restart_markers=self._restarts,
            restarts_in_order=self._restarts_in_order,
            segments=tuple(said.segments),
            thumbnails=tuple(said.thumbnails),
            entropy=tuple(self.entropy),
            icc=bool(said.icc_parts),
            orientation=said.orientation,
            junk_before=walk.soi or 0,
            eoi=walk.eoi,
            trailing=trailing,
            damage=tuple(walk.damage),
            unsupported=unsupported_because(self),
            notes=notes_on(self, trailing if padded else 0),
        )

    def _padded(self, at: int) -> bool:
        """Is what follows the end nothing but a little filling, all 00 or all FF?"""
        rest = len(self._data) - at
        return rest <= MOST_PADDING and rest in (self._data.count(b"\0", at), self._data.count(b"\xff", at))

    def _complain_of_the_whole(self, trailing: int) -> None:
        walk = self._walk
        if trailing:
            what = (
                "another picture" if self._data.startswith(b"\xff\xd8", (walk.eoi or 0) + 2) else "something"
            )
            walk.complain(f"Behind its end marker (FF D9), {what} of {counted(trailing)} is attached to it.")
        if walk.damage:
            return
        if self.frame is None:
            walk.complain("It has no frame header (SOF).")
        elif not self.entropy:
            walk.complain("It has no pixels: no scan (SOS).")
        elif self.frame.height == 0:
            walk.complain("It says that it is 0 pixels high.")
        elif self._scanned != {each.id for each in self.frame.components}:
            walk.complain("The pixels of one of its colour components are missing.")
