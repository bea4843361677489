"""The application on that board, started in the order of main.py, which decides how the heap comes to lie."""

import gc

gc.threshold(4096)  # type: ignore[attr-defined]  # MicroPython's own; main.py says what for

import asyncio  # noqa: E402

from camera_app import buffers  # noqa: E402, F401
from camera_app.application import Application  # noqa: E402
from tools.testbeds.qemu_arm.virtual_time.guest.world import (  # noqa: E402
    AnsweringChannel,
    QueueLink,
    open_board,
)

THRESHOLD = 16384  # as in main.py


def start() -> "tuple[AnsweringChannel, QueueLink]":
    """Start the application as a task; returns what is at its other ends."""
    board, channel, link = open_board()
    application = Application(board)
    gc.collect()
    gc.threshold(THRESHOLD)  # type: ignore[attr-defined]
    asyncio.create_task(application.run())  # it ends with the power
    return channel, link
