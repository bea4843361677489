"""The power fails at random moments, and in the middle of every write of the flash that a capture takes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TIMEOUT_S = 900


def power_cuts(*words: str) -> str:
    """What the tool says; its seeds are printed."""
    command = [sys.executable, "-m", "tools.faults.power_cuts", *words]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=TIMEOUT_S)
    print(done.stdout + done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(TIMEOUT_S)
def test_a_hundred_cuts_at_random_moments() -> None:
    said = power_cuts("random", "--cuts", "100")
    cuts, early, accepted = map(int, re.findall(r"\d+", said.splitlines()[1]))
    assert cuts == 100
    assert 0 < early < 60, "the moments lie in the start and behind it"
    assert accepted >= 50


@pytest.mark.timeout(TIMEOUT_S)
def test_a_cut_in_every_write() -> None:
    said = power_cuts("every-write")
    assert all(int(writes) >= 10 for writes in re.findall(r": (\d+) writes", said)), said
    assert said.count("writes and erasures") == 2
