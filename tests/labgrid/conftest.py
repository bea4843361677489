"""labgrid's own programs, on loopback. Only when this folder is named: it takes `make labgrid`, a minute."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hil_tests.labgrid.loopback import PLACE, Loopback
from hil_tests.labgrid.served import ServedBench
from hil_tests.labgrid.table import PlaceSettings

HERE = Path(__file__).resolve().parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`make test` leaves it out; `.ci/run` has a stage for it, which fails if labgrid is not there."""
    del collection_path
    named = [(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args]
    return None if any(HERE in (path, *path.parents) for path in named) else True


@pytest.fixture(scope="session")
def served() -> Iterator[ServedBench]:
    """The example's camera and rig controller."""
    with ServedBench() as bench:
        yield bench


@pytest.fixture(scope="session")
def lab(served: ServedBench) -> Iterator[Loopback]:
    """Coordinator, exporter and place of the example."""
    with Loopback(served.tcp_ports) as lab:
        yield lab


@pytest.fixture
def settings(lab: Loopback) -> PlaceSettings:
    """The example's place, by its name."""
    return PlaceSettings(lab.coordinator, PLACE, wait_s=1)


@pytest.fixture(autouse=True)
def _free_before_and_after(lab: Loopback) -> Iterator[None]:
    assert lab.holders() == {}
    yield
    left, reservations = lab.holders(), lab.client("reservations")
    for place in left:
        lab.client("-p", place, "release", "--kick")
    assert (left, reservations) == ({}, "")
