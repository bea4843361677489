"""The walk from segment to segment through a JPEG file, whatever its bytes say."""

from __future__ import annotations

import re
from typing import NamedTuple

from oralcam.jpeg.markers import EOI, RESTARTS, SOI, SOS, TEM, name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MARKERS = 1000  # a camera's photo has about ten; 255 of a colour profile and as many of XMP are legal
MOST_DAMAGE = 12  # sentences; whoever reads more learns no more

# No repetition in these: each byte is looked at once
_MARKER = re.compile(rb"\xff[^\x00\xff]")
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def counted(size: int) -> str:
    """Return a number of bytes in words.

    >>> counted(1), counted(2000)
    ('1 byte', '2,000 bytes')
    """
    return f"{size:,} byte" if size == 1 else f"{size:,} bytes"


class Segment(NamedTuple):
    """One segment.

    `start` is where its marker (and fill bytes before it) begins, `body` what follows its length. `end` is
    behind it; after an SOS the entropy-coded data reach from there to `entropy_end`.
    """

    marker: int
    start: int
    body: int
    end: int
    entropy_end: int


class Walk:
    """One walk over `data`. Afterwards `damage` says in sentences what was not as it must be.

    `soi` and `eoi` are where those markers begin, None if they are not there. `examined` counts the bytes
    that searches went over: at most twice the file.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.damage: list[str] = []
        self.eoi: int | None = None
        self.examined = 0
        self.soi = self._find_start()

    def complain(self, sentence: str) -> None:
        """Add a sentence to `damage`."""
        if len(self.damage) < MOST_DAMAGE and sentence not in self.damage:
            self.damage.append(sentence)

    def _find_start(self) -> int | None:
        if self.data.startswith(b"\xff\xd8"):
            return 0
        found = self.data.find(b"\xff\xd8\xff")
        self.examined += len(self.data) if found < 0 else found
        if found < 0:
            self.complain("It does not begin as a JPEG does (FF D8).")
            return None
        self.complain(f"Something of {counted(found)} stands before its beginning (FF D8).")
        return found

    def _search(self, pattern: re.Pattern[bytes], at: int) -> int | None:
        """Return where the next marker's 0xFF is, with its fill bytes behind it; None if there is none."""
        found = pattern.search(self.data, at)
        self.examined += (len(self.data) if found is None else found.end()) - at
        return None if found is None else found.start()

    def segments(self) -> Iterator[Segment]:
        """Yield all segments up to the end of the picture. They are not looked into: some hold pictures."""
        if self.soi is None:
            return
        at = self.soi + 2
        for _ in range(MOST_MARKERS):
            found = self._search(_MARKER, at)
            if found is None:
                self.complain("It is cut off: it ends before its end marker (FF D9).")
                return
            if self.data.count(b"\xff", at, found) != found - at:
                self.complain(f"Something of {counted(found - at)} at {at:,} belongs to no segment.")
                at = found
            marker = self.data[found + 1]
            if marker == EOI:
                self.eoi = found
                return
            if marker in RESTARTS or marker in (SOI, TEM):
                self.complain(f"There is a marker {name_of(marker)} at {found:,}, where none may be.")
                at = found + 2
                continue
            segment = self._segment(marker, at, found + 2)
            if segment is None:
                return
            if segment.end > found + 2:
                yield segment
            at = segment.entropy_end
        self.complain(f"It has more than {MOST_MARKERS:,} markers.")

    def _segment(self, marker: int, start: int, at: int) -> Segment | None:
        """Return the segment there; None if it does not end within the file.

        One that says nonsense has no length.
        """
        length = int.from_bytes(self.data[at : at + 2], "big")
        end = at + length
        if at + 2 > len(self.data) or end > len(self.data):
            self.complain(
                f"It is cut off: its segment {name_of(marker)} at {start:,} reaches beyond its end."
            )
            return None
        if length < 2:
            self.complain(
                f"Its segment {name_of(marker)} at {start:,} says that it is {counted(length)} long."
            )
            return Segment(marker, start, at, at, at)
        entropy_end = end
        if marker == SOS:
            found = self._search(_SCAN_END, end)
            entropy_end = len(self.data) if found is None else found
        return Segment(marker, start, at + 2, end, entropy_end)
