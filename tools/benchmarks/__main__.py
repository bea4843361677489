"""`python -m tools.benchmarks`: measure, print, judge."""

from __future__ import annotations

import argparse
import importlib
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tools.benchmarks.measuring import Plan, pinned
from tools.benchmarks.table import Row, as_json, render

BUDGETS = {
    "P1": ("decode",),
    "P2": ("wire_overhead",),
    "P4": ("photo",),
    "P6": ("startup",),
    "P7": ("first_byte", "whole_process"),
    "P8": ("junk", "memory"),
    "P9": ("growth", "several"),
    "P12": ("quality",),
    "P11": ("splice", "dicom_write"),
}
ROUNDS = 11
QUICK_ROUNDS = 3

DESCRIPTION = """\
Measure the performance budgets, each beside its peer in the same run: paired, shuffled, judged by the median
of ratios. Absolute times on shared machines mean little; a missed budget is said, and fails only --strict.
"""
EXAMPLES = """\
examples:
  python -m tools.benchmarks                        all of them, 11 rounds: about six minutes
  python -m tools.benchmarks --quick                3 rounds, to see that it runs: their ratios prove nothing
  python -m tools.benchmarks --only P1,P8 --json    two budgets, for a program to read
  python -m tools.benchmarks --only P2 --corrupted  the modelled USB link, also with 0.1 % of frames damaged

the peers:
  pip install -e ".[benchmark]"

exit code: 0 measured, 2 something could not be measured; with --strict 1 if a budget was missed
"""


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.benchmarks",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", type=_budgets, default=list(BUDGETS), metavar="P1,P6", help="these budgets")
    parser.add_argument("--rounds", type=_rounds, metavar="N", help=f"rounds of each (default: {ROUNDS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds")
    parser.add_argument("--corrupted", action="store_true", help="P2 with 0.1 %% of frames damaged, too")
    parser.add_argument(
        "--seed", type=int, help="repeat the order and the data of a run (it prints its seed)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a budget is missed")
    understood = parser.parse_args(words)
    understood.rounds = understood.rounds or (QUICK_ROUNDS if understood.quick else ROUNDS)
    understood.seed = secrets.randbits(32) if understood.seed is None else understood.seed
    return understood


def _budgets(text: str) -> list[str]:
    wanted = [word.strip().upper() for word in text.split(",")]
    unknown = [word for word in wanted if word not in BUDGETS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no budget {', '.join(unknown)}; there are {', '.join(BUDGETS)}")
    return wanted


def _rounds(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("it must be a whole number, 1 or more")
    return int(text)


def measure(budget: str, plan: Plan) -> list[Row]:
    """Return the rows of one budget.

    A failure becomes a row that says so, and the rest is measured all the same.
    """
    rows = []
    for module in BUDGETS[budget]:
        try:
            rows += importlib.import_module(f"tools.benchmarks.{module}").measure(plan)
        except Exception as error:
            rows.append(Row(budget, module.replace("_", " "), note=f"{type(error).__name__}: {error}"))
    return rows


def main(words: list[str] | None = None) -> int:
    """Measure, print and judge; return the exit code."""
    wanted = arguments(words)
    print(f"seed {wanted.seed}, {wanted.rounds} rounds", file=sys.stderr)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="oralcam-bench-") as folder, pinned():
        os.environ["ORALCAM_HOME"] = folder  # the user's own spool and list of emulators stay out of this
        # processes start from compiled modules, as installed ones do, and leave none in this checkout
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "pycache")
        plan = Plan(wanted.rounds, wanted.seed, Path(folder), wanted.corrupted)
        for budget in wanted.only:
            start = time.monotonic()
            rows += measure(budget, plan)
            print(f"{budget} took {time.monotonic() - start:.0f} s", file=sys.stderr)
    print(as_json(rows, wanted.seed, wanted.rounds) if wanted.json else render(rows))
    return exit_code(rows, wanted.strict)


def exit_code(rows: list[Row], strict: bool) -> int:
    """Return the exit code as --help says."""
    verdicts = {row.verdict for row in rows}
    if strict and "missed" in verdicts:
        return 1
    return 2 if "not measured" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
