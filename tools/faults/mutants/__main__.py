"""`python -m tools.faults.mutants`: does a test notice each deliberate mistake?"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tools.faults.mutants.mutant import BadList, Mutant, load
from tools.faults.mutants.trial import Outcome, TestDoesNotStand, check_test, copy_of, try_out

REPOSITORY = Path(__file__).resolve().parents[3]
DESCRIPTION = "Make deliberate mistakes in a copy of the tree; the test named for each has to fail."
EXAMPLES = """\
examples:
  python -m tools.faults.mutants                        all of them
  python -m tools.faults.mutants --list                 a line each
  python -m tools.faults.mutants --sample 20 --seed 7   twenty, drawn by a seed
  python -m tools.faults.mutants --changed              those in files changed since yesterday
  python -m tools.faults.mutants --changed REVISION     … since a revision
  python -m tools.faults.mutants NAME …                 these

exit code: 0 none survived, 1 one did, 2 a list or a test is not as it must be
"""
SURVIVORS = 1
UNUSABLE = 2
YESTERDAY = "yesterday"

T = TypeVar("T")


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.faults.mutants",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="try these only")
    parser.add_argument("--list", action="store_true", help="print one line for each mutant and try none")
    parser.add_argument("--sample", type=int, metavar="N", help="draw so many")
    parser.add_argument("--seed", type=int, help="draw by this seed (default: a new one, printed)")
    parser.add_argument(
        "--changed", nargs="?", const=YESTERDAY, metavar="REVISION", help="those in files that changed since"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at the same time")
    parser.add_argument("--deadline", type=float, default=300.0, help="seconds a test may take")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Try the mutants that were asked for; return the exit code."""
    wanted = arguments(words)
    try:
        chosen = _chosen(wanted, load())
        if wanted.list:
            for mutant in chosen:
                print(f"{mutant.name:<44} {mutant.file}  {mutant.struck or mutant.test}")
            return 0
        survived = _try_all([each for each in chosen if not each.struck], wanted)
    except (BadList, TestDoesNotStand) as error:
        print(f"tools.faults.mutants: {error}", file=sys.stderr)
        return UNUSABLE
    for mutant in chosen:
        if mutant.struck:
            print(f"struck out: {mutant.name}: {mutant.struck}")
    tried = sum(not each.struck for each in chosen)
    print(f"{tried} mutants, {len(survived)} survived")
    return SURVIVORS if survived else 0


def _chosen(wanted: argparse.Namespace, mutants: list[Mutant]) -> list[Mutant]:
    unknown = set(wanted.names) - {mutant.name for mutant in mutants}
    if unknown:
        raise BadList(f"there is no mutant called {', '.join(sorted(unknown))}; see --list.")
    if wanted.names:
        mutants = [mutant for mutant in mutants if mutant.name in wanted.names]
    if wanted.changed:
        changed = _changed_since(wanted.changed)
        mutants = [mutant for mutant in mutants if mutant.file in changed]
    if wanted.sample is not None and wanted.sample < len(mutants):
        seed = secrets.randbits(32) if wanted.seed is None else wanted.seed
        print(f"seed {seed}")
        mutants = random.Random(seed).sample(mutants, wanted.sample)
    return mutants


def _changed_since(revision: str) -> set[str]:
    if revision == YESTERDAY:
        revision = _git("rev-list", "-1", "--before=1 day ago", "HEAD") or _git(
            "rev-list", "--max-parents=0", "HEAD"
        )
    return set(_git("diff", "--name-only", revision.split()[0]).split("\n"))


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        raise BadList(f"git {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout.strip()


def _try_all(mutants: list[Mutant], wanted: argparse.Namespace) -> list[Mutant]:
    """Try them in as many copies of the tree as there are jobs; return those that survived."""
    survived: list[Mutant] = []
    printing = threading.Lock()
    waiting = iter(mutants)
    tests = iter(sorted({mutant.test for mutant in mutants}))
    taking = threading.Lock()

    def check() -> None:
        with copy_of(REPOSITORY) as tree:
            while (test := _next(tests, taking)) is not None:
                check_test(tree, test, wanted.deadline)

    def work() -> None:
        with copy_of(REPOSITORY) as tree:
            while (mutant := _next(waiting, taking)) is not None:
                outcome = try_out(tree, mutant, wanted.deadline)
                with printing:
                    print(f"{outcome.value}: {mutant.name} ({mutant.test})", flush=True)
                    if outcome is Outcome.SURVIVED:
                        survived.append(mutant)

    with ThreadPoolExecutor(wanted.jobs) as pool:
        for step in (check, work):  # a test that fails without any mutant would notice everything
            for done in [pool.submit(step) for _ in range(wanted.jobs)]:
                done.result()
    return survived


def _next(rows: Iterator[T], taking: threading.Lock) -> T | None:
    with taking:
        return next(rows, None)


if __name__ == "__main__":
    sys.exit(main())
