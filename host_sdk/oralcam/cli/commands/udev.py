"""`oralcam udev`."""

from __future__ import annotations

import os
import sys

from oralcam import usb
from oralcam.cli.terminal import aside, print_json
from oralcam.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

NAME = "70-oralcam.rules"
INSTALL_AS = f"/etc/udev/rules.d/{NAME}"
HAVING_UDEV = ("/run/udev", "/etc/udev", "/usr/lib/udev", "/lib/udev")

EXAMPLES = f"""\
oralcam udev --print | sudo tee {INSTALL_AS} && sudo udevadm control --reload
                                           # then plug the camera in again; oralcam guide usb tells more"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what to do with the rules."""
    parser.add_argument(
        "--print", action="store_true", help=f"print the rules; their place is {INSTALL_AS}, on Linux"
    )


def run(arguments: Namespace) -> int:
    """Print the rules on standard output; beside it, say what they are for here."""
    if not arguments.print:
        raise UsageError("Say --print to see the rules (`oralcam udev --help` says where to put them).")
    path = os.path.join(usb.__path__[0], NAME)
    with open(path, encoding="utf-8") as file:
        rules = file.read()
    here = has_udev()
    if arguments.json:
        print_json({"rules": rules, "install_as": INSTALL_AS, "udev_here": here})
    else:
        print(rules, end="")
    if not here:
        aside(
            "This system has no udev: the rules are for Linux (`oralcam guide usb` tells of other systems)."
        )
    return 0


def has_udev() -> bool:
    """Tell whether the rules mean anything here."""
    return sys.platform == "linux" and any(map(os.path.isdir, HAVING_UDEV))
