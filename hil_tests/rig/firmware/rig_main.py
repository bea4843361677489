"""Started by the rig's board: picks its adapter, runs the application."""

import asyncio
import sys

from rig_app.application import Application
from rig_app.hal import RigBoard


def find_board() -> RigBoard:
    """The adapter for the machine this runs on."""
    if sys.platform in ("linux", "darwin"):
        from rig_boards.unix.board import UnixRigBoard

        return UnixRigBoard()
    if sys.platform == "rp2":
        from rig_boards.pico.board import PicoRigBoard

        return PicoRigBoard()
    raise RuntimeError("no rig board adapter for " + sys.platform)


asyncio.run(Application(find_board()).run())
