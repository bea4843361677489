"""Entry point: `python -m tools.faults.mutants --help`."""

from __future__ import annotations

import argparse
import random
import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from tools.faults.mutants.mutant import InvalidList, Mutant, all_mutants
from tools.faults.mutants.workshop import REPOSITORY, Workshop

ABREAST = 2
EXAMPLES = """\
examples:
  python -m tools.faults.mutants                       # all of them
  python -m tools.faults.mutants --list
  python -m tools.faults.mutants --only safety-3
  python -m tools.faults.mutants --sample 10 --seed 7
  python -m tools.faults.mutants --changed origin/main # those of files that differ from there
"""


def changed_files(base: str) -> set[str]:
    """Files that differ from `base`, uncommitted ones included; all of the firmware if git cannot tell."""
    done = subprocess.run(
        ["git", "diff", "--name-only", base], cwd=REPOSITORY, capture_output=True, text=True
    )
    return set(done.stdout.split()) if done.returncode == 0 else {str(m.path) for m in all_mutants()}


def chosen(arguments: argparse.Namespace) -> list[Mutant]:
    """Those that the command line asks for."""
    mutants = all_mutants()
    if arguments.only:
        mutants = [mutant for mutant in mutants if mutant.name in arguments.only]
    if arguments.changed is not None:
        changed = changed_files(arguments.changed)
        mutants = [mutant for mutant in mutants if str(mutant.path) in changed]
    if arguments.sample is not None:
        seed = secrets.randbelow(1 << 32) if arguments.seed is None else arguments.seed
        print(f"seed {seed}", file=sys.stderr)
        mutants = random.Random(seed).sample(mutants, min(arguments.sample, len(mutants)))
    return mutants


def trial(mutants: list[Mutant]) -> int:
    """Try each; returns how many survived."""
    survived = 0
    workshops: SimpleQueue[Workshop] = SimpleQueue()
    for _ in range(ABREAST):
        workshops.put(Workshop())

    def one(mutant: Mutant) -> str:
        workshop = workshops.get()
        try:
            return workshop.survives(mutant)
        finally:
            workshops.put(workshop)

    with ThreadPoolExecutor(ABREAST) as pool:
        for mutant, said in zip(mutants, pool.map(one, mutants), strict=True):
            survived += bool(said)
            print(f"{mutant.name}: {'SURVIVED, ' + said if said else 'noticed'}", flush=True)
    while not workshops.empty():
        workshops.get().__exit__(None, None, None)
    return survived


def main() -> int:
    """Exit code 1 if a mutant survived, 2 if a list is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.faults.mutants",
        description="Break the firmware in one place at a time: the test named for it must notice.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--list", action="store_true", help="a line each, and do nothing")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these")
    parser.add_argument("--sample", type=int, metavar="N", help="so many, drawn")
    parser.add_argument("--seed", type=int, metavar="S", help="of the draw")
    parser.add_argument("--changed", nargs="?", const="HEAD~1", metavar="BASE", help="of changed files alone")
    arguments = parser.parse_args()
    try:
        mutants = chosen(arguments)
        for mutant in mutants:
            mutant.apply((REPOSITORY / mutant.path).read_text("utf-8"))
    except InvalidList as error:
        print(f"tools.faults.mutants: {error}", file=sys.stderr)
        return 2
    if arguments.list:
        for mutant in mutants:
            what = f"{' '.join(mutant.old.split())} -> {' '.join(mutant.new.split()) or 'nothing'}"
            told = f"struck out: {mutant.struck_out}" if mutant.struck_out else " ".join(mutant.tests)
            print(f"{mutant.name}  {mutant.file}  {what}  [{told}]")
        return 0
    alive = [mutant for mutant in mutants if not mutant.struck_out]
    with Workshop() as workshop:
        for tests in sorted({mutant.tests for mutant in alive}):
            if not workshop.whole(tests):
                print(f"{' '.join(tests)} fails without a mutant", file=sys.stderr)
                return 2
    survived = trial(alive)
    print(f"{len(alive)} mutants, {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
