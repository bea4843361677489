"""What `oralcam emulator` does."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from oralcam.cli.emulator_hand import Hand
from oralcam.cli.stopping import Stopping
from oralcam.cli.terminal import aside, print_json
from oralcam.discovery.running_emulators import announced
from oralcam.emulator import Emulator
from oralcam.emulator.tcp import TcpPort
from oralcam.errors import EmulatorError, PortInUse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Run until q, Ctrl-C, SIGTERM or --seconds; leave nothing behind."""
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
    try:
        return held.enter_context(TcpPort(emulator.port, tcp_port)).url
    except OSError as error:
        raise PortInUse(f"TCP port {tcp_port} cannot be had ({error.strerror}): name another.") from error
