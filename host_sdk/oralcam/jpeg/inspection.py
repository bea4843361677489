"""The facts that are gathered while a JPEG file is walked through, segment by segment."""

from __future__ import annotations

from oralcam.jpeg.applications import Applications
from oralcam.jpeg.frame_header import FrameHeader, frame_header_of
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
from oralcam.jpeg.walk import Segment, Walk, counted

_SEQUENTIAL = ("SOF0", "SOF1")


class Inspection:
    """The facts that have been seen of a file so far."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.applications = Applications(walk.data)
        self.frame: FrameHeader | None = None
        self.quantization: dict[int, int] = {}
        self.entropy: list[tuple[int, int]] = []
        self.hierarchical = False
        self.arithmetic_tables = False
        self.dnl = False
        self._shortest: dict[tuple[int, int], int] = {}
        self.restart_interval = 0
        self.restart_markers = 0
        self.restarts_in_order = True
        self._scanned: set[int] = set()

    def take(self, segment: Segment) -> None:
        """Take in the next segment of the walk."""
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
            self.walk.complain(f"It has a segment {name_of(marker)}, which the standard does not know.")
        else:
            self._take_table(marker, self.walk.data[segment.body : segment.end])

    def _take_frame(self, segment: Segment) -> None:
        name = name_of(segment.marker)
        if self.frame is not None:
            self.walk.complain(f"It has a second frame header ({name} at {segment.start:,}).")
            return
        self.frame = frame_header_of(segment.marker, self.walk.data[segment.body : segment.end])
        if self.frame is None:
            self.walk.complain(f"Its frame header {name} is damaged.")
        elif self.frame.width == 0:
            self.walk.complain("It says that it is 0 pixels wide.")

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
            self.restart_interval = int.from_bytes(body[:2], "big")
        elif marker == DNL:
            damaged = len(body) != 2 or self.frame is None or not self.entropy
            self._take_height(int.from_bytes(body[:2], "big"))
        else:
            damaged = marker != DAC
            self.arithmetic_tables = True
        if damaged:
            self.walk.complain(f"Its segment {name_of(marker)} is damaged.")

    def _take_height(self, height: int) -> None:
        """Take in the number of lines, which the file gives after its first scan."""
        if self.frame is not None and self.frame.height == 0:
            self.dnl = True
            self.frame = self.frame._replace(height=height)
        elif self.frame is not None and self.frame.height != height:
            self.walk.complain("It says two different heights (SOF and DNL).")

    def _take_scan(self, segment: Segment) -> None:
        start, end = segment.end, segment.entropy_end
        self.entropy.append((start, end))
        count, in_order = restarts(self.walk.data, start, end)
        self.restart_markers += count
        self.restarts_in_order = self.restarts_in_order and in_order
        chosen = components_of(self.walk.data[segment.body : segment.end])
        frame = self.frame
        if frame is None:
            self.walk.complain("Its pixels come before a frame header (SOF).")
        elif chosen is None or not {id for id, _, _ in chosen} <= {each.id for each in frame.components}:
            self.walk.complain(f"Its scan header (SOS at {segment.start:,}) is damaged.")
        else:
            self._scanned.update(id for id, _, _ in chosen)
            self._check_scan(frame, chosen, end - start, count)
        if not in_order:
            self.walk.complain("Its restart markers are not in order: parts of the picture are missing.")

    def _check_scan(
        self, frame: FrameHeader, chosen: tuple[tuple[int, int, int], ...], size: int, restarts: int
    ) -> None:
        if (
            any(each.table not in self.quantization for each in frame.components)
            and frame.name in _SEQUENTIAL
        ):
            self.walk.complain("A quantization table (DQT) is missing.")
        if frame.height == 0 or frame.width == 0 or frame.process in ("lossless", "JPEG-LS"):
            return
        if frame.name in _SEQUENTIAL:
            if any((0, dc) not in self._shortest or (1, ac) not in self._shortest for _, dc, ac in chosen):
                self.walk.complain(
                    "A Huffman table (DHT) is missing, as in the frames of a motion-JPEG film."
                )
            elif size < least_bytes(frame, chosen, self._shortest):
                self.walk.complain(
                    f"Its {size:,} bytes of pixels are too few for {frame.width} x {frame.height}."
                )
        units = frame.units(tuple(id for id, _, _ in chosen))
        expected = -(-units // self.restart_interval) - 1 if self.restart_interval else 0
        if restarts != expected:
            self.walk.complain(
                f"It has {restarts:,} restart markers where {expected:,} belong: parts of it are missing."
            )

    def complain_of_the_whole(self, trailing: int) -> None:
        """Note what is wrong with the whole file, at the end of the walk; `trailing` bytes follow it."""
        walk = self.walk
        if trailing:
            what = (
                "another picture"
                if self.walk.data.startswith(b"\xff\xd8", (walk.eoi or 0) + 2)
                else "something"
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
