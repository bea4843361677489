"""A cable with a bad contact, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest

from oralcam.emulator import Emulator
from tests.end_to_end.conftest import own_home as own_home
from tests.end_to_end.conftest import replay as replay
from tools.faults.proxy.cable import Cable
from tools.faults.proxy.faults import Fault


@pytest.fixture
def cable() -> Iterator[Callable[[Emulator, Sequence[Fault]], Cable]]:
    """Makes cables to an emulator; they are closed afterwards."""
    with ExitStack() as held:

        def make(emulator: Emulator, faults: Sequence[Fault] = ()) -> Cable:
            made = Cable(
                emulator.port,
                faults,
                on_reset=emulator.reset,
                on_clock_jump=emulator.bench.advance_clock,
            )
            return held.enter_context(made)

        yield make
