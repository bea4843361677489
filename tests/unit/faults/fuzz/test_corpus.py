"""Everything that fuzzing has found worth keeping, again; and some bytes that it has not seen."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tools.faults.fuzz.oracles import TARGETS
from tools.faults.fuzz.seeds import seeds_of

REPOSITORY = Path(__file__).resolve().parents[4]
CORPUS = REPOSITORY / "tests" / "corpus"
FILES = sorted(CORPUS.glob("*/*"))
SEED = 20261123


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_once_holds(target: str) -> None:
    files = [file for file in FILES if file.parent.name == target]
    assert files, "no corpus is kept for this target"
    for file in files:
        TARGETS[target](file.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_what_a_fuzzer_begins_with_holds(target: str) -> None:
    for seed in seeds_of(target):
        TARGETS[target](seed)


@pytest.mark.parametrize("target", TARGETS)
def test_bytes_by_chance_hold(target: str) -> None:
    chance = random.Random(SEED)
    for _ in range(300):
        TARGETS[target](chance.randbytes(chance.randrange(400)))


def test_the_corpus_is_small() -> None:
    assert len(FILES) < 400
    assert sum(file.stat().st_size for file in FILES) < 300_000


def test_an_input_can_be_tried_alone(tmp_path: Path) -> None:
    file = tmp_path / "input"
    file.write_bytes(b"anything")
    done = subprocess.run(
        [sys.executable, "-m", "tools.faults.fuzz", "decoder", "--input", str(file)],
        cwd=REPOSITORY,
        timeout=60,
    )
    assert done.returncode == 0
