"""P6: what it costs to start the command line: whole processes' CPU, and what they must not import."""

from __future__ import annotations

import resource
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from oralcam.cli.command_table import COMMANDS
from tools.benchmarks.measuring import Plan, median_ratio, paired
from tools.benchmarks.rig import BenchFailed, emulated_camera, run_program
from tools.benchmarks.table import Limit, Row, at_most

BASELINE = (sys.executable, "-c", "import argparse, dataclasses, serial.tools.list_ports")
FORBIDDEN = frozenset({"numpy", "construct", "usb", "pydicom", "PIL"})
REPEAT = 3
PHOTO_BYTES = 20_000
PEER = "python -c 'import argparse, dataclasses, serial.tools.list_ports'"
STARTED = 1.1  # `list` and `info`, at most so many times the peer
HELPED = 1.0
CAPTURED = 1.6  # of a camera that runs

Command = Sequence[str | Path]


def console_script() -> Path:
    """Return the installed command line. Raises `BenchFailed` if this environment has none."""
    script = Path(sys.executable).with_name("oralcam")
    if not script.exists():
        raise BenchFailed(f"there is no {script}: pip install -e .")
    return script


def imported(importtime: str) -> set[str]:
    """Return the top-level modules named in what `python -X importtime` prints."""
    lines = [line.rpartition("|")[2].strip() for line in importtime.splitlines() if "|" in line]
    return {name.partition(".")[0] for name in lines}


def measure(plan: Plan) -> list[Row]:
    """Return the rows of P6."""
    from oralcam.discovery.running_emulators import (
        announced,  # here: this module is of use without the emulator
    )

    script = console_script()
    with emulated_camera(plan, PHOTO_BYTES) as emulator, announced(emulator.serial_number, emulator.port):
        port = ("--port", emulator.port)
        commands: dict[str, tuple[Command, Limit]] = {
            "list": ((script, "list"), at_most(STARTED)),
            "info": ((script, "info", *port), at_most(STARTED)),
            "capture": ((script, "capture", *port, "-o", plan.folder / "started.jpg"), at_most(CAPTURED)),
            "--help": ((script, "--help"), at_most(HELPED)),
            **{f"{name} --help": ((script, name, "--help"), at_most(HELPED)) for name in COMMANDS},
        }
        subjects = {name: _timed(command) for name, (command, _) in commands.items()}
        times = paired({"baseline": _timed(BASELINE), **subjects}, plan.rounds, plan.chance("P6"))
        found = {name: _forbidden(command) for name, (command, _) in commands.items()}
    baseline = statistics.median(times["baseline"]) * 1e3
    rows = [
        Row(
            "P6",
            f"oralcam {name} / a bare process with its imports",
            f"{statistics.median(times[name]) * 1e3:.1f} ms",
            f"{baseline:.1f} ms",
            median_ratio(times[name], times["baseline"]),
            limit,
            PEER,
        )
        for name, (_, limit) in commands.items()
    ]
    bad = [f"{name}: {', '.join(modules)}" for name, modules in found.items() if modules]
    what = f"of these {len(found)}, how many import {', '.join(sorted(FORBIDDEN))}"
    return [*rows, Row("P6", what, "; ".join(bad) or "none", "", float(len(bad)), at_most(0))]


def _timed(command: Command) -> Callable[[], float]:
    """Return what measures the CPU of one process in seconds, user and system: mean of `REPEAT` in a row."""

    def run() -> float:
        before = _children_s()
        for _ in range(REPEAT):
            run_program(command)
        return (_children_s() - before) / REPEAT

    return run


def _children_s() -> float:
    """CPU of all processes that were started here and have ended: the emulator is not among them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _forbidden(command: Command) -> list[str]:
    return sorted(imported(run_program([sys.executable, "-X", "importtime", *command])) & FORBIDDEN)
