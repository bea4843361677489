"""Internal: `oralcam.discovery.running_emulators` under its old name, for programs that import that."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    return getattr(import_module("oralcam.discovery.running_emulators"), name)
