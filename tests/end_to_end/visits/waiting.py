"""Waiting for what a visit does in other threads."""

from __future__ import annotations

import time
from collections.abc import Callable

DEADLINE_S = 60.0
SURE_S = 0.15  # longer than `arming.TOLERANCE_S`; a hand takes longer from the screen to the camera


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def let_a_moment_pass() -> None:
    """Between arming and pressing: closer together, nobody could tell their order."""
    time.sleep(SURE_S)
