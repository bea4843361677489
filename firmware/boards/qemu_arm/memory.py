"""The PSRAM that the host shares, in pieces, and what the host wrote there."""

import json

import mps2

from boards.qemu_arm.layout import SETTINGS

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from typing import Any


def region(place: "tuple[int, int]") -> memoryview:
    """The bytes of one region of `layout`, in place."""
    offset, size = place
    return memoryview(mps2.psram())[offset : offset + size]


def put(memory: memoryview, offset: int, data: "bytes | bytearray | memoryview") -> None:
    """Copy `data` into `memory`.

    Not by `memory[a:b] = data`: MicroPython moves all that lies behind as well, 2.6 M instructions for 2 MB.
    """
    target = memory[offset : offset + len(data)]
    target[:] = data


def settings() -> "dict[str, Any]":
    """Read what the host wrote before it started the board: a JSON object that zeros follow."""
    text = bytes(region(SETTINGS))
    found: "dict[str, Any]" = json.loads(text[: text.find(b"\0")])
    return found
