"""Where this package keeps things for the person who runs it."""

from __future__ import annotations

import os
from pathlib import Path


def home_folder() -> Path:
    """$ORALCAM_HOME, else the operating system's folder for a program's private state."""
    named = os.environ.get("ORALCAM_HOME")
    if named:
        return Path(named)
    from platformdirs import user_state_path  # imported here: most commands do not need it

    return user_state_path("oralcam", appauthor=False)


def spool_folder() -> Path:
    """Photos that arrived and were not saved yet."""
    return home_folder() / "spool"


def emulators_folder() -> Path:
    """One file for each emulator that runs."""
    return home_folder() / "emulators"
