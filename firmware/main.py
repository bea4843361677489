"""Started by the board: picks its adapter, runs the application."""

import asyncio
import sys

from camera_app.application import Application
from camera_app.hal import Board


def find_board() -> Board:
    """The adapter for the machine this runs on."""
    if sys.platform in ("linux", "darwin"):
        from boards.unix.board import UnixBoard

        return UnixBoard()
    raise RuntimeError("no board adapter for " + sys.platform)


asyncio.run(Application(find_board()).run())
