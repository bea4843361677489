"""Code in docstrings of the bench suite gives what it says."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = (
    "hil_tests.cameras.connected_camera",
    "hil_tests.bench.soak",
    "rig_app.core.strobe",
    "rig_app.core.thermostat",
)


@pytest.mark.parametrize("module", MODULES)
def test_an_example_is_right(module: str) -> None:
    results = doctest.testmod(importlib.import_module(module))
    assert results.attempted
    assert results.failed == 0
