"""Dark and reset, with nothing of the application: `main.py` calls these first, and at its end.

The bench channel's stream is opened here, once: a second file over the same descriptor would close it when
it is collected.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from typing import BinaryIO

_descriptor = os.getenv("ORALCAM_BENCH_FD")
if _descriptor is None:
    raise RuntimeError("start the firmware with oralcam.emulator: ORALCAM_BENCH_FD is not set")
stream: "BinaryIO" = open(int(_descriptor), "r+b")


def dark() -> None:
    """Pull the ring's enable line low."""
    _say(b'{"enable": false}\n')


def reset() -> None:
    """Pull the reset line; the bench ends this process. Returns at once."""
    _say(b'{"reset": true}\n')


def _say(line: bytes) -> None:
    try:
        stream.write(line)
    except OSError:
        pass  # the bench is gone, and the power with it
