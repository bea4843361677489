"""A bar while a photo arrives."""

from __future__ import annotations

import sys

from oralcam.cli.terminal import understands_escapes

WIDTH = 30

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable


def progress_bar(arguments: Namespace) -> Callable[[int, int], None] | None:
    """Return a bar for a terminal, None for any other stream. It is gone when the photo is there."""
    return None if arguments.json or not understands_escapes(sys.stderr) else _draw


def _draw(received: int, size: int) -> None:
    if received >= size:
        line = "\r\x1b[K"
    else:
        done = WIDTH * received // size
        line = f"\r[{'#' * done}{'.' * (WIDTH - done)}] {received / 1000:,.0f} of {size / 1000:,.0f} kB"
    print(line, end="", file=sys.stderr, flush=True)
