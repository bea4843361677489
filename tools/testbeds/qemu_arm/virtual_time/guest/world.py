"""The board without anybody outside: its bench answers at once, its link is a queue, the host is a task."""

import asyncio

import mps2

from boards.qemu_arm import board as adapter
from camera_app import hal

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has neither module
    from collections.abc import Callable
    from typing import Any

NS_A_CYCLE = 40  # and a nanosecond is an instruction


def instructions() -> int:
    """Instructions so far, those of a sleeping processor not counted."""
    return (mps2.cycles() - mps2.slept_cycles()) * NS_A_CYCLE


class AnsweringChannel:
    """A bench whose sensor sees a frame of `frame_bytes` at once."""

    frame_bytes = 8192

    def __init__(self, stream: object) -> None:
        self.listeners: "dict[str, Callable[[Any], None]]" = {}

    def say(self, word: str, value: "Any") -> None:
        """Answer an exposure; nobody listens to the rest."""
        if word == "expose":
            frame = {"number": value["number"], "size": self.frame_bytes, "width": 640, "height": 480}
            self.listeners["frame"](frame)

    async def run(self) -> None:
        """Nothing comes by itself."""
        await asyncio.Event().wait()


class QueueLink(hal.Link):
    """Takes every frame whole, and says when; `sent` is told."""

    def __init__(self, number: int) -> None:
        self._waiting: "list[bytes]" = []
        self._arrived = asyncio.Event()
        self.sent: "Callable[[memoryview, int], None]" = lambda _view, _at: None

    def arrive(self, data: bytes) -> None:
        """Bytes of the host's."""
        self._waiting.append(data)
        self._arrived.set()

    async def readinto(self, buffer: bytearray) -> int:
        """One piece of what has arrived."""
        while not self._waiting:
            self._arrived.clear()
            await self._arrived.wait()
        data = self._waiting.pop(0)
        buffer[: len(data)] = data
        return len(data)

    def write(self, view: memoryview) -> int:
        """All of it."""
        self.sent(view, instructions())
        return len(view)

    async def writable(self) -> None:
        """Always."""


def open_board() -> "tuple[adapter.QemuArmBoard, AnsweringChannel, QueueLink]":
    """The board's adapter on that bench and that link; flash, records and photos are the board's own."""
    adapter.Channel = AnsweringChannel  # type: ignore[attr-defined,assignment]
    adapter.UartLink = QueueLink  # type: ignore[attr-defined,assignment]
    board = adapter.open_board()
    return board, board.channel, board.links[0]  # type: ignore[return-value]
