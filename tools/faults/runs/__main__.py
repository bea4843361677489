"""Entry point: `python -m tools.faults.runs simulated|real --help`."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import partial
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "firmware"))  # the simulation runs the application itself

from tools.faults.runs.summary import Summary  # noqa: E402
from tools.faults.runs.verdict import Verdict  # noqa: E402

EXAMPLES = """\
examples:
  python -m tools.faults.runs simulated                       # 5,000 runs
  python -m tools.faults.runs simulated --runs 1000000
  python -m tools.faults.runs simulated --seed 53 --runs 1    # one of them again
  python -m tools.faults.runs real --runs 200
  python -m tools.faults.runs real --broken-acknowledgement   # must fail: the switch is for testing the tests
"""
RUNS = {"simulated": 5000, "real": 200}
BATCH = {"simulated": 50, "real": 1}
ABREAST = {"simulated": 1.0, "real": 3.0}  # processes for each core


def simulated_runs(seeds: list[str], broken: bool) -> list[Verdict]:
    """In a process of its own."""
    import gc
    import logging

    from tools.faults.runs.broken import acknowledge_too_early
    from tools.faults.runs.plan import plan_run
    from tools.faults.runs.simulation.run import LARGEST_PHOTO, simulate
    from tools.faults.runs.verdict import judge

    gc.freeze()  # the firmware collects garbage often: it need not look through what is loaded
    logging.getLogger("oralcam").setLevel(logging.CRITICAL)
    if broken:
        acknowledge_too_early()
    return [judge(simulate(plan_run(seed, largest_photo=LARGEST_PHOTO))) for seed in seeds]


def real_runs(seeds: list[str], broken: bool) -> list[Verdict]:
    """In a process of its own."""
    from tools.faults.runs.plan import plan_run
    from tools.faults.runs.real.run import END_S, LARGEST_PHOTO, carry_out
    from tools.faults.runs.verdict import judge

    plans = [plan_run(seed, largest_photo=LARGEST_PHOTO, end_s=END_S) for seed in seeds]
    return [judge(carry_out(plan, broken)) for plan in plans]


def verdicts(
    runs: Callable[[list[str]], list[Verdict]], seeds: list[str], batch: int, abreast: int
) -> Iterator[Verdict]:
    """Several processes at once; a verdict as soon as it is there."""
    batches = [seeds[start : start + batch] for start in range(0, len(seeds), batch)]
    with ProcessPoolExecutor(abreast) as pool:
        under_way: set[Future[list[Verdict]]] = set()
        while batches or under_way:
            while batches and len(under_way) < 2 * abreast:
                under_way.add(pool.submit(runs, batches.pop(0)))
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield from future.result()


def main() -> int:
    """Exit code 1 if a run was not as it must be."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.faults.runs",
        description="Sessions with faults, unplugs, resets and kills, each from a seed, each judged.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("level", choices=RUNS, help="in virtual time, or with emulator, proxy and processes")
    parser.add_argument("--runs", type=int, metavar="N", help="default: 5,000 simulated, 200 real")
    parser.add_argument("--seed", type=int, metavar="S", help="of the first run; the others count up from it")
    parser.add_argument("--broken-acknowledgement", action="store_true", help="test-only: must be noticed")
    parser.add_argument("--json", action="store_true", help="the summary as JSON")
    arguments = parser.parse_args()
    first = secrets.randbelow(1 << 32) if arguments.seed is None else arguments.seed
    count = RUNS[arguments.level] if arguments.runs is None else arguments.runs
    runs = partial(
        simulated_runs if arguments.level == "simulated" else real_runs,
        broken=arguments.broken_acknowledgement,
    )
    abreast = max(1, min(count, round((os.cpu_count() or 1) * ABREAST[arguments.level])))
    last = first + count - 1
    print(f"{count} {arguments.level} runs, seeds {first} to {last}", file=sys.stderr, flush=True)
    began_s = time.monotonic()
    summary = Summary()
    seeds = [str(seed) for seed in range(first, first + count)]
    for verdict in verdicts(runs, seeds, BATCH[arguments.level], abreast):
        summary.add(verdict)
        if sys.stderr.isatty():
            print(f"\r{summary.runs} of {count}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if arguments.json:
        print(json.dumps(summary.record()))
    else:
        print(summary.text(f"python -m tools.faults.runs {arguments.level}"))
        print(f"  {time.monotonic() - began_s:.0f} s")
    return 0 if summary.good else 1


if __name__ == "__main__":
    sys.exit(main())
