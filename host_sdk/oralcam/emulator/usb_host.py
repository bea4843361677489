"""Internal: `oralcam.testing.usb.host` under its old name, for programs that import that."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    return getattr(import_module("oralcam.testing.usb.host"), name)
