"""Started by the board: picks its adapter, runs the application."""

import gc

# Compiling leaves garbage behind. Collected late, it leaves the modules scattered over the heap, and no room
# in one piece. So: often while modules load, seldom afterwards; large buffers before the other modules.
gc.threshold(4096)  # type: ignore[attr-defined]  # MicroPython's own

import asyncio  # noqa: E402
import sys  # noqa: E402

from camera_app import buffers  # noqa: E402, F401
from camera_app.application import Application  # noqa: E402
from camera_app.hal import Board  # noqa: E402


def find_board() -> Board:
    """The adapter for the machine this runs on."""
    if sys.platform in ("linux", "darwin"):
        from boards.unix.board import UnixBoard

        return UnixBoard()
    if sys.platform == "qemu":
        from boards.qemu_arm.board import QemuArmBoard

        return QemuArmBoard()
    raise RuntimeError("no board adapter for " + sys.platform)


application = Application(find_board())
gc.collect()
gc.threshold(-1)  # type: ignore[attr-defined]  # from here on the services choose the moment
asyncio.run(application.run())
