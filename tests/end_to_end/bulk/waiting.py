"""Waiting for what happens on the bus."""

from __future__ import annotations

import time
from collections.abc import Callable

DEADLINE_S = 60.0


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)  # gives way
