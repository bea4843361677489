"""A program that believes it runs on Windows, as far as this package asks. (Nothing here was run there.)"""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from pytest_mock import MockerFixture


@pytest.fixture
def windows(mocker: MockerFixture) -> None:
    mocker.patch.object(sys, "platform", "win32")


@pytest.fixture
def msvcrt(windows: None, mocker: MockerFixture) -> SimpleNamespace:
    """Windows' module for consoles and locks, with no lock taken."""
    module = SimpleNamespace(LK_NBLCK=2, locking=mocker.Mock())
    mocker.patch.dict(sys.modules, {"msvcrt": module})
    return module
