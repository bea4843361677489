"""For every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# nothing here is judged by a wall clock: a loaded machine is no failure
settings.register_profile("oralcam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("oralcam")

pytest_plugins = ["pytester", "tests.photographs"]

UNIX = "unix"


def pytest_configure(config: pytest.Config) -> None:
    """Markers of our own."""
    config.addinivalue_line(
        "markers", "unix_board(why): needs what only the emulated board on this computer's system has"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """$ORALCAM_BOARD runs the tests on another emulated board: what that cannot do, the unix board does."""
    board = os.environ.get("ORALCAM_BOARD", UNIX)
    if board == UNIX:
        return
    for item in items:
        marker = item.get_closest_marker("unix_board")
        if marker is not None:
            item.add_marker(pytest.mark.skip(reason=f"not on {board}: {marker.args[0]}"))
