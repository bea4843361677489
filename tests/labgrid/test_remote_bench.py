"""The example lab: tests run through a place that nobody else has meanwhile, and nobody afterwards."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from hil_tests.labgrid.errors import PlaceLost
from hil_tests.labgrid.loopback import PLACE, Loopback
from hil_tests.labgrid.place import Place
from hil_tests.labgrid.served import ServedBench
from hil_tests.labgrid.table import PlaceSettings
from tests.labgrid.dawdler import BEGUN
from tests.labgrid.listening import listening_at
from tests.labgrid.running import ANNA, RUN_S, impatient, run, started, until

pytestmark = pytest.mark.timeout(2 * RUN_S)


def test_a_place_that_somebody_holds_ends_the_run_before_any_test_in_one_sentence(
    lab: Loopback, tmp_path: Path
) -> None:
    lab.client("-p", PLACE, "acquire", user=ANNA)
    try:
        done = run(lab.coordinator, bench=impatient(tmp_path))
        assert lab.holders() == {PLACE: ANNA}
    finally:
        lab.client("-p", PLACE, "release", user=ANNA)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (sentence,) = done.stderr.strip().splitlines()
    assert f"{PLACE} is held by {ANNA} and was not free within 1 s" in sentence
    assert "passed" not in done.stdout


def test_a_coordinator_that_is_down_ends_the_run_before_any_test_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"127.0.0.1:{taken.getsockname()[1]}"
    done = run(nobody)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (sentence,) = done.stderr.strip().splitlines()
    assert f"No labgrid coordinator answers at {nobody}: start it" in sentence
    assert "passed" not in done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_gives_the_place_back(
    lab: Loopback, tmp_path: Path, number: signal.Signals
) -> None:
    begun = tmp_path / "begun"
    with started(lab.coordinator, "-p", "tests.labgrid.dawdler", **{BEGUN: str(begun)}) as process:
        until(begun.exists, "begun")
        assert list(lab.holders()) == [PLACE]
        process.send_signal(number)
        process.communicate(timeout=RUN_S)
    assert process.returncode == pytest.ExitCode.INTERRUPTED
    assert lab.holders() == {}


def test_a_place_that_is_taken_by_force_is_told_and_left_to_who_took_it(
    lab: Loopback, settings: PlaceSettings
) -> None:
    place = Place(settings)
    place.acquire()
    lab.client("-p", PLACE, "release", "--kick", user=ANNA)
    with pytest.raises(PlaceLost, match="taken away"):
        place.release()


def test_a_lab_that_is_closed_leaves_nothing_running(served: ServedBench) -> None:
    with Loopback(served.tcp_ports) as another:
        running = list(another.processes.values())
    assert len(running) == 2
    for pid in running:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert not another.folder.exists()


def test_coordinator_and_exporter_listen_on_loopback_only(lab: Loopback) -> None:
    places = {name: listening_at(pid) for name, pid in lab.processes.items()}
    assert places == {"labgrid-coordinator": ["127.0.0.1"], "labgrid-exporter": []}
