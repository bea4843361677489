"""Entry point: `python -m tools.faults.proxy --help`."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from tools.faults.proxy.cable import Cable
from tools.faults.proxy.faults import BadScript, Fault, parse
from tools.faults.proxy.plan import plan

EXAMPLES = """\
examples:
  python -m tools.faults.proxy --emulator --seed 7          # then: oralcam watch --port PATH --out photos
  python -m tools.faults.proxy --port /dev/ttyACM0 --script bad_contact.txt
  echo 'up 150000 cut' | python -m tools.faults.proxy --emulator --script -

A script has one fault a line: direction (up: camera to host), byte, kind, amount, time:
  up 1000 drop 40
  down 0 stall 0.5s
"""
OPEN_TIMEOUT_S = 5.0


def main() -> int:
    """Exit code 2 for a script or a port that cannot be used."""
    arguments = _arguments()
    try:
        seed, faults = _faults(arguments)
    except (BadScript, OSError) as error:
        print(f"tools.faults.proxy: {error}", file=sys.stderr)
        return 2
    with ExitStack() as held:
        device, on_reset, on_clock_jump = arguments.port, None, None
        if arguments.emulator:
            from oralcam.emulator import Emulator

            emulator = held.enter_context(Emulator(store="flash"))
            device, on_reset, on_clock_jump = (
                emulator.port,
                emulator.reset,
                emulator.bench.advance_clock,
            )
        cable = held.enter_context(Cable(device, faults, on_reset=on_reset, on_clock_jump=on_clock_jump))
        if not _offered(cable):
            print(f"tools.faults.proxy: {device} cannot be opened.", file=sys.stderr)
            return 2
        known = {"port": cable.port, "seed": seed, "faults": [str(fault) for fault in faults]}
        print(json.dumps(known) if arguments.json else f"The host's port: {cable.port}", flush=True)
        if not arguments.json:
            print("\n".join(f"  {fault}" for fault in faults), file=sys.stderr, flush=True)
        _wait(arguments.seconds)
        injected = dict(cable.injected)
    print(json.dumps({"injected": injected}) if arguments.json else f"Injected: {injected or 'nothing'}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.faults.proxy",
        description="A cable with a bad contact between a camera and its host, until Ctrl-C.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    device = parser.add_mutually_exclusive_group(required=True)
    device.add_argument("--port", help="the camera's port")
    device.add_argument("--emulator", action="store_true", help="an emulator of its own")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--seed", type=int, metavar="N", help="faults by chance, the same ones for a seed")
    what.add_argument("--script", metavar="FILE", help="these faults; - for standard input")
    parser.add_argument("--count", type=int, default=10, metavar="K", help="with a seed: how many")
    parser.add_argument("--bytes", type=int, default=2_000_000, metavar="B", help="... in how many bytes")
    parser.add_argument("--seconds", type=float, metavar="S", help="end after S seconds")
    parser.add_argument("--json", action="store_true", help="speak JSON")
    return parser.parse_args()


def _faults(arguments: argparse.Namespace) -> tuple[int | None, list[Fault]]:
    if arguments.script is not None:
        text = sys.stdin.read() if arguments.script == "-" else Path(arguments.script).read_text("utf-8")
        return None, parse(text)
    seed = secrets.randbelow(1 << 32) if arguments.seed is None else arguments.seed
    down = max(1, arguments.bytes // 100)  # requests and credit, for so much of photos
    return seed, plan(str(seed), up_bytes=arguments.bytes, down_bytes=down, count=arguments.count)


def _offered(cable: Cable) -> bool:
    deadline = time.monotonic() + OPEN_TIMEOUT_S
    while not os.path.exists(cable.port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _wait(seconds: float | None) -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait(seconds)


if __name__ == "__main__":
    sys.exit(main())
