"""Cut the bare-metal camera's power, and look for what is missing."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "firmware"))  # for what the camera's records look like

from oralcam.emulator.qemu_arm.images import MACHINES  # noqa: E402
from tools.faults.power_cuts.every_write import cut_at_each_write  # noqa: E402
from tools.faults.power_cuts.random_cuts import cut_at_random  # noqa: E402
from tools.testbeds.debian import NotFetched  # noqa: E402
from tools.testbeds.qemu_arm.building import build  # noqa: E402

EXAMPLES = """\
examples:
  python -m tools.faults.power_cuts random                         # 100 cuts
  python -m tools.faults.power_cuts random --cuts 1000 --seed 53
  python -m tools.faults.power_cuts every-write
"""
CUTS = 100
LIFE_CUTS = 25  # of one camera; then there is another one


def main() -> int:
    """Exit code 1 if anything was not as it must be."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.faults.power_cuts",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("moments", choices=("random", "every-write"))
    parser.add_argument("--board", choices=MACHINES, default="qemu-arm")
    parser.add_argument("--cuts", type=int, default=CUTS, metavar="N", help="random: how many (default: 100)")
    parser.add_argument("--seed", type=int, metavar="S", help="random: of the first camera; others count up")
    arguments = parser.parse_args()
    try:
        build(arguments.board, say=lambda text: print(text, file=sys.stderr))
    except NotFetched as error:
        print(f"tools.faults.power_cuts: {error}", file=sys.stderr)
        return 1
    began_s = time.monotonic()
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        if arguments.moments == "random":
            first = secrets.randbelow(1 << 32) if arguments.seed is None else arguments.seed
            complaints = list(_random(pool, arguments.board, first, arguments.cuts))
        else:
            complaints = list(_every_write(pool, arguments.board))
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaints, {time.monotonic() - began_s:.0f} s")
    return 1 if complaints else 0


def _random(pool: ProcessPoolExecutor, board: str, first: int, cuts: int) -> Iterator[str]:
    lives = [min(LIFE_CUTS, cuts - start) for start in range(0, cuts, LIFE_CUTS)]
    print(f"{cuts} cuts at random moments, seeds {first} to {first + len(lives) - 1}", flush=True)
    seeds = [str(first + number) for number in range(len(lives))]
    reports = list(pool.map(cut_at_random, [board] * len(lives), seeds, lives))
    for seed, report in zip(seeds, reports, strict=True):
        yield from (f"seed {seed}: {complaint}" for complaint in report.complaints)
    early, accepted = (
        sum(report.before_start for report in reports),
        sum(report.accepted for report in reports),
    )
    print(
        f"{sum(report.cuts for report in reports)} cuts, {early} before the start, {accepted} photos accepted"
    )


def _every_write(pool: ProcessPoolExecutor, board: str) -> Iterator[str]:
    shares = os.cpu_count() or 1
    for name, first_start in (("the first start", True), ("a life", False)):
        started = [
            pool.submit(cut_at_each_write, board, first_start=first_start, share=share, shares=shares)
            for share in range(shares)
        ]
        cuts = [cut for future in started for cut in future.result()]
        yield from (f"write {cut.at} of {name}: {text}" for cut in cuts for text in cut.complaints)
        print(
            f"{name}: {sum(cut.at > 0 for cut in cuts)} writes and erasures, each cut in its middle",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
