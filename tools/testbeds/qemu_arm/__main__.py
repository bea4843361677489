"""Build the bare-metal board from the sources as they are, and print where its images are.

The interpreter is Debian's source of MicroPython, built for a board that QEMU emulates; the application is a
ROMFS of compiled modules. Both are made once, and kept in a cache by a hash of their sources.
Debian packages that are missing are installed (as root), which is said.
"""

from __future__ import annotations

import argparse
import sys

from oralcam.emulator.qemu_arm.images import MACHINES
from tools.testbeds.debian import NotFetched
from tools.testbeds.qemu_arm.building import build


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="python -m tools.testbeds.qemu_arm", description=__doc__)
    parser.add_argument(
        "boards", nargs="*", choices=[*MACHINES, []], help="which ones (default: all)", metavar="BOARD"
    )
    try:
        for board in parser.parse_args().boards or MACHINES:
            images = build(board, say=lambda text: print(text, file=sys.stderr))
            print(f"{board}: {images.interpreter} {images.application}")
    except NotFetched as error:
        print(f"tools.testbeds.qemu_arm: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
