"""Count the instructions of the firmware's work on the bare-metal boards, and compare them with those kept.

A change of more than 2 % is told; --keep writes the new figures into the repository.
"""

from __future__ import annotations

import argparse
import json
import sys

from oralcam.emulator.qemu_arm.images import MACHINES
from tools.testbeds.debian import NotFetched
from tools.testbeds.qemu_arm.virtual_time.figures import LONGEST_STEP, MEANINGS, changes, keep, kept_figures
from tools.testbeds.qemu_arm.virtual_time.run import run_in_virtual_time

TIMEOUT_S = 120.0
HOUR_TIMEOUT_S = 900.0


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.testbeds.qemu_arm.virtual_time", description=__doc__
    )
    parser.add_argument("--keep", action="store_true", help="keep these figures from now on")
    parser.add_argument("--strict", action="store_true", help="exit code 1 if a figure has changed")
    parser.add_argument(
        "--hour", action="store_true", help="instead: how the heap is in an hour of polite use"
    )
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    arguments = parser.parse_args()
    try:
        if arguments.hour:
            print(json.dumps(run_in_virtual_time("qemu-arm", "polite_hour", HOUR_TIMEOUT_S)))
            return 0
        figures = {board: run_in_virtual_time(board, "instructions", TIMEOUT_S) for board in MACHINES}
    except NotFetched as error:
        print(f"tools.testbeds.qemu_arm.virtual_time: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(figures))
    else:
        for board, values in figures.items():
            print(f"{board} ({MACHINES[board]})")
            for name, meaning in MEANINGS.items():
                print(f"  {values[name]:>14,.10g}  {name}: {meaning}")
            print(
                f"  the longest step is of {values['longest_step_of']};"
                f" it may take {LONGEST_STEP:,} (50 ms at 240 MHz)"
            )
    if arguments.keep:
        keep(figures)
        return 0
    told = [
        f"{board} {change.text}"
        for board, values in figures.items()
        for change in changes(kept_figures(board), values)
    ]
    for line in told:
        print(f"CHANGED {line}")
    return 1 if told and arguments.strict else 0


if __name__ == "__main__":
    sys.exit(main())
