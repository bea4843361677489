"""The package as its source says it is, read once."""

from __future__ import annotations

import pytest
from griffe import Module

from tools.api.modules import load


@pytest.fixture(scope="session")
def package() -> Module:
    return load()
