"""P6: how long `oralcam list` and `oralcam info` take as whole processes, and what they must not import."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.benchmarks.measuring import Plan, median_ratio, paired, seconds
from tools.benchmarks.rig import BenchFailed, emulated_camera, run_program
from tools.benchmarks.table import Row, at_most

BASELINE = (sys.executable, "-c", "import argparse, dataclasses, serial.tools.list_ports")
FORBIDDEN = frozenset({"numpy", "construct", "usb", "pydicom", "PIL"})
REPEAT = 3
PHOTO_BYTES = 20_000
PEER = "python -c 'import argparse, dataclasses, serial.tools.list_ports'"


def console_script() -> Path:
    """The installed command line. Raises `BenchFailed` if this environment has none."""
    script = Path(sys.executable).with_name("oralcam")
    if not script.exists():
        raise BenchFailed(f"there is no {script}: pip install -e .")
    return script


def imported(importtime: str) -> set[str]:
    """The top-level modules named in what `python -X importtime` prints."""
    lines = [line.rpartition("|")[2].strip() for line in importtime.splitlines() if "|" in line]
    return {name.partition(".")[0] for name in lines}


def measure(plan: Plan) -> list[Row]:
    """The rows of P6."""
    from oralcam.discovery.running_emulators import (
        announced,  # here: this module is of use without the emulator
    )

    script = console_script()
    with emulated_camera(plan, PHOTO_BYTES) as emulator, announced(emulator.serial_number, emulator.port):
        commands: dict[str, Sequence[str | Path]] = {
            "list": (script, "list"),
            "info": (script, "info", "--port", emulator.port),
        }
        subjects = {name: _timed(command) for name, command in commands.items()}
        times = paired({"baseline": _timed(BASELINE), **subjects}, plan.rounds, plan.chance("P6"))
        found = {name: _forbidden(command) for name, command in commands.items()}
    baseline = statistics.median(times["baseline"]) * 1e3
    rows = [
        Row(
            "P6",
            f"oralcam {name} / a bare process with its imports",
            f"{statistics.median(times[name]) * 1e3:.1f} ms",
            f"{baseline:.1f} ms",
            median_ratio(times[name], times["baseline"]),
            at_most(1.3),
            PEER,
        )
        for name in commands
    ]
    named = ", ".join(sorted(FORBIDDEN))
    return rows + [
        Row(
            "P6",
            f"oralcam {name} imports none of {named}",
            ", ".join(found[name]) or "none",
            "",
            float(len(found[name])),
            at_most(0),
        )
        for name in commands
    ]


def _timed(command: Sequence[str | Path]) -> Callable[[], float]:
    return lambda: seconds(lambda: run_program(command), REPEAT)


def _forbidden(command: Sequence[str | Path]) -> list[str]:
    return sorted(imported(run_program([sys.executable, "-X", "importtime", *command])) & FORBIDDEN)
