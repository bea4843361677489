"""`oralcam emulator`."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack

from oralcam.cli.parsing import number, photos, seconds
from oralcam.cli.stopping import Stopping
from oralcam.cli.terminal import aside, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from oralcam.emulator import Emulator

EXAMPLES = """\
oralcam emulator                               # space presses, + and - warm and cool the tip, q ends it
oralcam emulator --scene my_mouth.jpg          # this picture is what the sensor sees
oralcam emulator --press-every 2 --seconds 60  # a hand that presses
oralcam emulator --tcp 7070                    # then: oralcam capture --port socket://127.0.0.1:7070
oralcam emulator --json --seconds 600 &        # the first line tells port, serial number and process id"""

LONGEST_SERIAL = 40


def add_arguments(parser: ArgumentParser) -> None:
    """What its sensor sees, and what happens to it."""
    parser.add_argument("--scene", metavar="FILE|FOLDER", help="pictures to take for the mouth")
    parser.add_argument("--replay", metavar="FILE|FOLDER", help="JPEGs to send byte for byte")
    parser.add_argument(
        "--board", choices=("unix", "qemu-arm", "qemu-arm-m7"), help="what runs the firmware (default: unix)"
    )
    parser.add_argument("--serial", type=_serial, metavar="S", help="its serial number (default: by chance)")
    parser.add_argument(
        "--tcp",
        nargs="?",
        type=_tcp_port,
        const=0,
        metavar="PORT",
        help="serve it on this computer's TCP too",
    )
    parser.add_argument("--press", type=photos, metavar="N", help="press the button N times")
    parser.add_argument("--press-every", type=seconds, metavar="S", help="press the button every S seconds")
    parser.add_argument("--tip-temperature", type=number, metavar="C", help="of the tip, °C")
    parser.add_argument("--seconds", type=seconds, metavar="S", help="end after S seconds")


def run(arguments: Namespace) -> int:
    """Runs until q, Ctrl-C, SIGTERM or --seconds; leaves nothing behind."""
    with Stopping() as stopping, ExitStack() as held:
        emulator = _start(arguments, held)
        port = emulator.port
        known = {"port": port, "serial_number": emulator.serial_number, "pid": os.getpid()}
        if arguments.tcp is not None:
            known["url"] = port = _serve_tcp(emulator, arguments.tcp, held)
        if arguments.json:
            print_json(known)
        else:
            print(f"Emulator {emulator.serial_number} runs on {emulator.port}. In another terminal:")
            print(f"  oralcam capture --port {port}", flush=True)
        from oralcam.cli.emulator_hand import Hand

        hand = Hand(
            emulator,
            count=arguments.press,
            every_s=arguments.press_every,
            duration_s=arguments.seconds,
            tip_c=arguments.tip_temperature,
        )
        if sys.stdin is not None and sys.stdin.isatty():
            from oralcam.cli.keys import Keys

            aside("Keys: space presses the button, + and - warm and cool the tip, q ends.")
            hand.follow(stopping, held.enter_context(Keys()))
        else:
            hand.follow(stopping, None)
    return 0


def _start(arguments: Namespace, held: ExitStack) -> Emulator:
    from oralcam.discovery.running_emulators import announced
    from oralcam.emulator import Emulator
    from oralcam.errors import EmulatorError

    emulator = held.enter_context(
        Emulator(
            scene=arguments.scene,
            replay=arguments.replay,
            serial_number=arguments.serial,
            board=arguments.board,
        )
    )
    try:
        held.enter_context(announced(emulator.serial_number, emulator.port))
    except OSError as error:
        raise EmulatorError(f"The emulator cannot be announced to `oralcam list` ({error}).") from error
    if arguments.tip_temperature is not None:
        emulator.bench.set_tip_temperature(arguments.tip_temperature)
    return emulator


def _serve_tcp(emulator: Emulator, tcp_port: int, held: ExitStack) -> str:
    from oralcam.emulator.tcp import TcpPort
    from oralcam.errors import PortInUse

    try:
        return held.enter_context(TcpPort(emulator.port, tcp_port)).url
    except OSError as error:
        raise PortInUse(f"TCP port {tcp_port} cannot be had ({error.strerror}): name another.") from error


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
