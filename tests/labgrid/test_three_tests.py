"""Three tests run through the place of the example."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hil_tests.labgrid.loopback import EXAMPLE, PLACE, Loopback
from hil_tests.labgrid.place import Place
from hil_tests.labgrid.served import ServedBench
from hil_tests.labgrid.table import PlaceSettings
from tests.labgrid.running import REPOSITORY, RUN_S, run, started, until

pytestmark = pytest.mark.timeout(2 * RUN_S)


def test_three_tests_run_through_the_place_which_is_free_afterwards(
    lab: Loopback, served: ServedBench, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    done = run(lab.coordinator, "--json", str(report))
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(report.read_text())
    assert list(told["outcomes"].values()) == ["passed"] * 3
    assert f"camera {served.camera.serial_number}" in done.stdout
    events = re.findall(rf"{PLACE}: place (acquired|released)", lab.said_by_coordinator())
    assert events[-2:] == ["acquired", "released"]
    assert lab.holders() == {}


def test_a_second_run_of_the_same_user_waits_its_turn(lab: Loopback, settings: PlaceSettings) -> None:
    place = Place(settings)
    place.acquire()
    try:
        with started(lab.coordinator) as second:
            until(lambda: "state: waiting" in lab.client("reservations"), "waiting")
            assert second.poll() is None
            place.release()
            printed, _ = second.communicate(timeout=RUN_S)
    finally:
        place.release()
    assert second.returncode == 0
    assert "3 passed" in printed


def test_the_line_in_the_readme_runs_three_tests() -> None:
    (line,) = re.findall(r"```sh\n(.+)\n```", (EXAMPLE / "README.md").read_text())
    words = shlex.split(line)
    words[0] = sys.executable
    words[words.index("pytest") : words.index("pytest") + 1] = [sys.executable, "-m", "pytest"]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, timeout=RUN_S)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout


def test_a_run_whose_place_was_taken_away_has_failed_although_its_tests_passed(lab: Loopback) -> None:
    done = run(lab.coordinator, "-p", "tests.labgrid.thief")
    assert "3 passed" in done.stdout
    assert f"ERROR: Place {PLACE} was taken away while the tests ran" in done.stdout
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
