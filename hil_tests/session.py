"""The state that a run carries with it, from the first hook to the last."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from hil_tests.bench.bench import Bench
from hil_tests.bench.description import Description
from hil_tests.report.measurement import Measurement

DESCRIPTION = pytest.StashKey[Description]()
BENCH = pytest.StashKey[Bench]()
HELD = pytest.StashKey[ExitStack]()  # the bench, and the place that it is at
MEASURED = pytest.StashKey[list[Measurement]]()
SOAK_S = pytest.StashKey[float]()
OUTCOMES = pytest.StashKey[dict[str, str]]()
SKIPPED = pytest.StashKey[dict[str, str]]()
