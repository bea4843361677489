"""The folders in which this package keeps things for the person who runs it."""

from __future__ import annotations

import os
import sys


def home_folder() -> str:
    """Return $ORALCAM_HOME, else the operating system's folder for a program's private state."""
    named = os.environ.get("ORALCAM_HOME")
    if named:
        return named
    if sys.platform == "linux":  # what platformdirs says there; it costs `oralcam list` a few milliseconds
        state = os.environ.get("XDG_STATE_HOME", "").strip() or os.path.expanduser("~/.local/state")
        return os.path.join(state, "oralcam")
    from platformdirs import user_state_dir

    return user_state_dir("oralcam", appauthor=False)


def spool_folder() -> str:
    """Return the folder of photos that arrived and were not saved yet."""
    return os.path.join(home_folder(), "spool")


def records_folder() -> str:
    """Return the folder of photos with their patients, and of those in quarantine."""
    return os.path.join(home_folder(), "records")


def emulators_folder() -> str:
    """Return the folder with a file for each emulator that runs."""
    return os.path.join(home_folder(), "emulators")
