"""Reading the TIFF structure inside an Exif segment (TIFF 6.0, section 2), whatever its bytes say."""

from __future__ import annotations

import struct
from typing import NamedTuple

MOST_ENTRIES = 200  # a camera's directory has at most about 60
LONGEST_TEXT = 4096  # bytes

ASCII, SHORT, LONG, RATIONAL = 2, 3, 4, 5
_SIZES = {ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8}


class NotTiff(Exception):
    """The bytes are not a TIFF structure."""


class Entry(NamedTuple):
    """A value in a directory. `at` is where its bytes are, counted from the beginning of the structure."""

    kind: int
    values: int
    at: int


class Tiff:
    """A TIFF structure that lies in `data` from `start` to `end`; nothing outside is read.

    Raises `NotTiff` if it does not begin as one.
    """

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self._data = data
        self.start = start
        self.size = end - start
        order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[start : min(start + 4, end)])
        if order is None:
            raise NotTiff
        self._order = order
        self.first = self._number("I", 4) or 0

    def _number(self, form: str, at: int) -> int | None:
        if at + struct.calcsize(f"={form}") > self.size:
            return None
        (value,) = struct.unpack_from(self._order + form, self._data, self.start + at)
        return int(value)

    def directory(self, at: int) -> tuple[dict[int, Entry], int]:
        """Return the entries of a directory by tag, and where the next directory is (0: nowhere).

        Of two entries with one tag, the first counts.
        """
        count = self._number("H", at) if at else None
        if count is None:
            return {}, 0
        found: dict[int, Entry] = {}
        for number in range(min(count, MOST_ENTRIES)):
            entry = at + 2 + 12 * number
            tag, kind = self._number("H", entry), self._number("H", entry + 2)
            values, offset = self._number("I", entry + 4), self._number("I", entry + 8)
            if tag is None or kind is None or values is None or offset is None:
                return found, 0
            inline = values * _SIZES.get(kind, 1) <= 4
            found.setdefault(tag, Entry(kind, values, entry + 8 if inline else offset))
        return found, self._number("I", at + 2 + 12 * count) or 0

    def number(self, entry: Entry | None) -> int | None:
        """Return the value of a single SHORT or LONG; None if the entry is another kind."""
        if entry is None or entry.kind not in (SHORT, LONG) or entry.values != 1:
            return None
        return self._number("H" if entry.kind == SHORT else "I", entry.at)

    def rational(self, entry: Entry | None) -> float | None:
        """Return the value of a single RATIONAL; None if the entry is another kind."""
        if entry is None or entry.kind != RATIONAL or entry.values != 1:
            return None
        above, below = self._number("I", entry.at), self._number("I", entry.at + 4)
        return above / below if above is not None and below else None

    def text(self, entry: Entry | None) -> str:
        """Return a text up to its NUL, in UTF-8 as most programs write it.

        It is "" if there is none, or none in UTF-8.
        """
        if entry is None or entry.kind != ASCII or entry.at + entry.values > self.size:
            return ""
        start = self.start + entry.at
        raw = self._data[start : start + min(entry.values, LONGEST_TEXT)]
        try:
            return raw.partition(b"\0")[0].decode("utf-8")
        except UnicodeDecodeError:
            return ""
