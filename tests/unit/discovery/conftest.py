"""A computer's USB devices, as sysfs tells of them, and who may open them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from oralcam.usb import ids
from tests.unit.discovery.fake_sysfs import FakeSystem


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    """This computer's USB is what the test plugs in."""
    fake = FakeSystem(tmp_path)
    monkeypatch.setattr(ids, "SYSFS", str(fake.sysfs))
    monkeypatch.setattr(ids, "DEV", str(fake.dev))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    return fake


@pytest.fixture
def may_open(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let this user open nothing but the files named: root may open everything, and tests may run as root."""

    def only(*allowed: object) -> None:
        names = {str(path) for path in allowed}
        monkeypatch.setattr(os, "access", lambda path, mode, **_: str(path) in names)

    return only
