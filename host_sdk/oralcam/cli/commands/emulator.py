"""`oralcam emulator`."""

from __future__ import annotations

import argparse
import sys

from oralcam.cli.parsing import number, photos, seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam emulator                               # space presses, + and - warm and cool the tip, q ends it
oralcam emulator --scene my_mouth.jpg          # this picture is what the sensor sees
oralcam emulator --press-every 2 --seconds 60  # a hand that presses
oralcam emulator --tcp 7070                    # then: oralcam capture --port socket://127.0.0.1:7070
oralcam emulator --json --seconds 600 &        # the first line tells port, serial number and process id"""

LONGEST_SERIAL = 40


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the sensor sees, and what happens to the camera."""
    parser.add_argument("--scene", metavar="FILE|FOLDER", help="pictures to take for the mouth")
    parser.add_argument("--replay", metavar="FILE|FOLDER", help="JPEGs to send byte for byte")
    parser.add_argument(
        "--board", choices=("unix", "qemu-arm", "qemu-arm-m7"), help="board to emulate (default: unix)"
    )
    parser.add_argument("--serial", type=_serial, metavar="S", help="serial number (default: a random one)")
    parser.add_argument(
        "--tcp",
        nargs="?",
        type=_tcp_port,
        const=0,
        metavar="PORT",
        help="serve the port over TCP on this computer too",
    )
    parser.add_argument("--press", type=photos, metavar="N", help="press the button N times")
    parser.add_argument("--press-every", type=seconds, metavar="S", help="press the button every S seconds")
    parser.add_argument("--tip-temperature", type=number, metavar="C", help="temperature of the tip in °C")
    parser.add_argument("--seconds", type=seconds, metavar="S", help="end after S seconds")


def run(arguments: Namespace) -> int:
    """Run until q, Ctrl-C, SIGTERM or --seconds; leave nothing behind."""
    if sys.platform == "win32":
        from oralcam.emulator.connector import NO_PTY
        from oralcam.errors import EmulatorError

        raise EmulatorError(NO_PTY)
    from oralcam.cli.actions import emulator

    return emulator.run(arguments)


def _tcp_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a TCP port (0 to 65535)")
    return int(text)


def _serial(text: str) -> str:
    if (
        not 0 < len(text) <= LONGEST_SERIAL
        or not all(c.isalnum() or c in "-_" for c in text)
        or not text.isascii()
    ):
        raise argparse.ArgumentTypeError(f"{text!r} is not 1 to {LONGEST_SERIAL} letters, digits, - and _")
    return text
