"""A pytest plugin: each test says that it has begun, and then takes its time until it is interrupted."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

BEGUN = "ORALCAM_TEST_BEGUN"  # the file to say it with


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call() -> None:
    Path(os.environ[BEGUN]).touch()
    time.sleep(60)
