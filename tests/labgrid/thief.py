"""A pytest plugin: while the first test runs, somebody frees the place by force."""

from __future__ import annotations

import os
import subprocess

import pytest

from hil_tests.labgrid import programs
from hil_tests.labgrid.loopback import PLACE

THEFTS: list[str] = []


@pytest.hookimpl(trylast=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    if not THEFTS:
        THEFTS.append(item.name)
        subprocess.run(
            [programs.find("labgrid-client"), "-p", PLACE, "release", "--kick"],
            env={**os.environ, "LG_HOSTNAME": "bench2", "LG_USERNAME": "anna"},
            check=True,
            timeout=20,
        )
