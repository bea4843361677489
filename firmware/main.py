"""Started by the board: dark first, then the application; and dark and a reset, whatever ended it.

Before the first import of anything large stands the ring's enable line: an image that cannot be imported is
dark. Behind the application stands the reset: no failure ends in a REPL with light.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from types import ModuleType

ADAPTERS = {"linux": "unix", "darwin": "unix", "qemu": "qemu_arm"}  # by what MicroPython calls its platform


def adapter(module: str) -> "ModuleType":
    """Import a module of this machine's adapter: `dark` (pins alone) or `board`."""
    if sys.platform not in ADAPTERS:
        raise RuntimeError("no board adapter for " + sys.platform)
    return __import__("boards.{}.{}".format(ADAPTERS[sys.platform], module), None, None, (module,))


def run() -> bool:
    """Run the application until it fails; True if the button was held at boot: then there is none."""
    import gc

    # Compiling leaves garbage behind. Collected late, it leaves the modules scattered over the heap, and no
    # room in one piece. So: often while modules load, seldom afterwards; large buffers before other modules.
    gc.threshold(4096)  # type: ignore[attr-defined]  # MicroPython's own
    import asyncio

    # isort: off
    # From the bottom up: an import within an import takes C stack, and a 32-bit build has room for ten.
    from camera_app import buffers  # noqa: F401
    from camera_app.safety import safety  # noqa: F401
    from camera_app.services import services  # noqa: F401
    from camera_app.application import Application
    # isort: on

    board = adapter("board").open_board()
    if board.service_mode():
        return True
    application = Application(board)
    gc.collect()
    # What lives for long is born among garbage. The more of that there is, the higher up it comes to lie, and
    # the smaller is the largest piece that is left: after ten captures 24 KB with no threshold, 80 with this.
    gc.threshold(16384)  # type: ignore[attr-defined]
    asyncio.run(application.run())
    return False


pins = adapter("dark")
pins.dark()
service_mode = False
try:
    service_mode = run()
finally:
    pins.dark()
    if not service_mode:
        pins.reset()
