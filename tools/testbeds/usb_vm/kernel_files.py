"""The kernel's attribute files (sysfs, configfs) inside the VM: written, read and waited for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

WAIT_S = 10.0
LOOK_S = 0.005


class GadgetError(Exception):
    """The gadget or its bus is not as wanted; says what is wrong."""


def write(path: Path, value: str) -> None:
    """Write one value; raises `GadgetError` naming file and value."""
    try:
        descriptor = os.open(path, os.O_WRONLY)
        try:
            os.write(descriptor, value.encode() + b"\n")
        finally:
            os.close(descriptor)
    except OSError as error:
        raise GadgetError(f"The kernel refuses {value!r} in {path}: {error.strerror}.") from error


def read(path: Path) -> str:
    """The value, or "" if the file is gone: devices vanish while one looks."""
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def wait_until(condition: Callable[[], object], what: str, timeout_s: float = WAIT_S) -> None:
    """Wait for `condition`; raises `GadgetError` that says that `what` did not come true."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise GadgetError(f"After {timeout_s:g} s it is still not so that {what}.")
        time.sleep(LOOK_S)
