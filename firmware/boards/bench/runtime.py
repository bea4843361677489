"""What MicroPython's standard library has beyond CPython's, in one place and typed."""

import asyncio
import time

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from collections.abc import Iterator
    from typing import BinaryIO, cast
else:

    def cast(_kind: object, value: object) -> object:
        """Only the type checker cares."""
        return value


def ticks_us() -> int:
    """The port's microsecond counter; wraps."""
    return cast("int", time.ticks_us())  # type: ignore[attr-defined]


def ticks_ms() -> int:
    """The port's millisecond counter; wraps."""
    return cast("int", time.ticks_ms())  # type: ignore[attr-defined]


def ticks_diff(later: int, earlier: int) -> int:
    """Milliseconds or microseconds between two readings of one counter."""
    return cast("int", time.ticks_diff(later, earlier))  # type: ignore[attr-defined]


class ByteStream:
    """An asyncio stream over an open file; MicroPython's reads and writes on one object."""

    def __init__(self, file: "BinaryIO") -> None:
        self._file = file
        self._reader = asyncio.StreamReader(file)  # type: ignore[arg-type]

    async def readinto(self, buffer: bytearray) -> int:
        """Wait for bytes, copy what is there; returns how many."""
        return cast("int", await self._reader.readinto(buffer) or 0)  # type: ignore[attr-defined]

    async def readline(self) -> bytes:
        """Wait for a line; b"" at the end."""
        return await self._reader.readline()

    def write(self, view: memoryview) -> int:
        """Write what fits at once; returns how much."""
        return self._file.write(view) or 0

    async def writable(self) -> None:
        """Wait until `write` can take something."""
        await _queue_write(self._file)  # type: ignore[misc]


def _queue_write(file: "BinaryIO") -> "Iterator[None]":
    # MicroPython's own streams wait like this; there is no public name for it
    yield asyncio.core._io_queue.queue_write(file)  # type: ignore[attr-defined]
