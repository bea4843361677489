"""The board's PSRAM as the host sees it: a file, of which each region has its place.

The board's side of it is firmware/boards/qemu_arm/layout.py; a test compares the two. What is written here
survives QEMU's end at any instruction, as flash does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Region(NamedTuple):
    """Bytes from `offset` on."""

    offset: int
    size: int


TOTAL = 16 << 20
SETTINGS = Region(0x000000, 0x001000)
FRAME = Region(0x010000, 0x3F0000)
PHOTOS = Region(0x400000, 0x800000)
FLASH = Region(0xC00000, 0x200000)


class SharedMemory:
    """The file at `path`; if it is not there, it is made, of zeros: its flash is not formatted then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("ab") as file:
            file.truncate(TOTAL)

    def write_settings(self, settings: Mapping[str, str]) -> None:
        """Write what the board reads when it starts."""
        self._write(SETTINGS, json.dumps(dict(settings)).encode().ljust(SETTINGS.size, b"\0"))

    def write_bytes(self, frame: bytes) -> None:
        """Put a frame where the sensor's DMA does. Raises OSError if it is too large for its region."""
        self._write(FRAME, frame)

    def flash(self) -> bytes:
        """Return the whole flash as it is now."""
        with self.path.open("rb") as file:
            file.seek(FLASH.offset)
            return file.read(FLASH.size)

    def write_flash(self, flash: bytes) -> None:
        """Put another flash in its place; the board must be off."""
        self._write(FLASH, flash)

    def _write(self, region: Region, data: bytes) -> None:
        if len(data) > region.size:
            raise OSError(f"{len(data)} bytes are more than the {region.size} that the emulated board has")
        with self.path.open("r+b") as file:
            file.seek(region.offset)
            file.write(data)
