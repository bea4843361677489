"""`python -m hil_tests.labgrid -- COMMAND…`: the example's lab on loopback, for as long as COMMAND runs."""

from __future__ import annotations

import argparse
import os
import select
import signal
import subprocess
import sys

from hil_tests.labgrid.loopback import Loopback
from hil_tests.labgrid.served import ServedBench
from oralcam.cli.stopping import Stopping
from oralcam.errors import OralcamError

LOOK_S = 0.1
EXAMPLE = "pytest hil_tests --bench examples/labgrid.toml"


def main() -> int:
    """Run the example's lab; return the command's exit code, 0 after Ctrl-C or SIGTERM without one."""
    parser = argparse.ArgumentParser(
        prog="python -m hil_tests.labgrid",
        description="Coordinator, exporter and place of hil_tests/examples/labgrid on this machine alone,"
        " with an emulated camera and rig controller. LG_COORDINATOR is set for COMMAND.",
    )
    parser.add_argument("command", nargs="*", metavar="COMMAND", help=f"such as: {EXAMPLE}")
    command = parser.parse_args().command
    try:
        with Stopping() as stopping, ServedBench() as bench, Loopback(bench.tcp_ports) as lab:
            if command:
                return _run(command, lab, stopping)
            print("The lab runs; Ctrl-C ends it. In another terminal:", flush=True)
            print(f"  export LG_COORDINATOR={lab.coordinator}\n  {EXAMPLE}", flush=True)
            select.select([stopping], [], [])
            return 0
    except OralcamError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code


def _run(command: list[str], lab: Loopback, stopping: Stopping) -> int:
    """Run the command.

    The terminal's Ctrl-C reaches it by itself; it is left the time to give back what it holds.
    """
    try:
        process = subprocess.Popen(command, env={**os.environ, "LG_COORDINATOR": lab.coordinator})
    except OSError as error:
        print(f"Error: {command[0]} cannot be started ({error.strerror}).", file=sys.stderr)
        return 127
    told = False
    while process.poll() is None:
        if stopping.number == signal.SIGTERM and not told:
            process.terminate()
            told = True
        try:
            process.wait(LOOK_S)
        except subprocess.TimeoutExpired:
            pass
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
