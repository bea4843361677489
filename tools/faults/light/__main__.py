"""Entry point: `python -m tools.faults.light plain|services --help`."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "firmware"))  # the firmware's own files are run

RUNS = {"plain": 2000, "services": 100}
MOST_COMPLAINTS = 20
EXAMPLES = """\
examples:
  python -m tools.faults.light plain                     # 2,000 hours on the plain values
  python -m tools.faults.light plain --runs 100000
  python -m tools.faults.light services                  # 100 hours with all services
  python -m tools.faults.light plain --seed 53 --runs 1  # one of them again
"""


def simulate(level: str, seed: str) -> tuple[str, list[str]]:
    """In a process of its own: an hour's complaints."""
    if level == "plain":
        from tools.faults.light import plain

        return seed, plain.simulate(seed)
    from tools.faults.light import services

    return seed, services.simulate(seed)


def main() -> int:
    """Exit code 1 if an hour was not as it must be."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.faults.light",
        description="Hours of light with parts that raise, hang and lie, each from a seed, each judged.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("level", choices=RUNS, help="camera_app.safety alone, or the whole application")
    parser.add_argument("--runs", type=int, metavar="N", help="default: 2,000 plain, 100 services")
    parser.add_argument(
        "--seed", type=int, metavar="S", help="of the first hour; the others count up from it"
    )
    arguments = parser.parse_args()
    first = secrets.randbelow(1 << 32) if arguments.seed is None else arguments.seed
    count = RUNS[arguments.level] if arguments.runs is None else arguments.runs
    print(
        f"{count} hours ({arguments.level}), seeds {first} to {first + count - 1}",
        file=sys.stderr,
        flush=True,
    )
    began_s = time.monotonic()
    failed = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        seeds = [str(seed) for seed in range(first, first + count)]
        chunk = max(1, min(50, count // 8))
        for seed, complaints in pool.map(simulate, [arguments.level] * count, seeds, chunksize=chunk):
            failed += bool(complaints)
            if complaints and failed <= MOST_COMPLAINTS:
                print(f"seed {seed}: {'; '.join(complaints)}")
                print(f"  again: python -m tools.faults.light {arguments.level} --seed {seed} --runs 1")
    print(f"{count} hours, {failed} of them not as they must be, {time.monotonic() - began_s:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
