"""Started by the board: picks its adapter, runs the application."""

import asyncio
import gc
import sys

from camera_app import buffers  # first of all: see there
from camera_app.application import Application
from camera_app.hal import Board


def find_board() -> Board:
    """The adapter for the machine this runs on."""
    if sys.platform in ("linux", "darwin"):
        from boards.unix.board import UnixBoard

        return UnixBoard()
    raise RuntimeError("no board adapter for " + sys.platform)


gc.collect()  # what compiling left behind must not lie between the large buffers
asyncio.run(Application(find_board(), buffers.transmit).run())
