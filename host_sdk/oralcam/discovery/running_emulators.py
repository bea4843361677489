"""The emulators that run on this machine: a small file for each, in the user's own folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from oralcam.files.paths import emulators_folder


@contextmanager
def announced(serial_number: str, port: str) -> Iterator[None]:
    """Let `oralcam list` see this emulator while the context lasts."""
    import json

    folder = emulators_folder()
    os.makedirs(folder, exist_ok=True, mode=0o700)
    path = os.path.join(folder, f"{os.getpid()}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"serial_number": serial_number, "port": port}, file)
    try:
        yield
    finally:
        _remove(path)


def running() -> list[tuple[str, str]]:
    """Return serial number and port of each; files left by processes that are gone are removed."""
    if sys.platform == "win32":
        return []  # none can run there, and `os.kill(…, 0)` would be Ctrl-C for another program
    folder = emulators_folder()
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".json"))
    except OSError:
        return []  # none has ever run here
    found = []
    for name in names:
        path = os.path.join(folder, name)
        try:
            os.kill(int(name[: -len(".json")]), 0)
            found.append(_read(path))
        except ProcessLookupError:
            _remove(path)
        except (OSError, ValueError, KeyError):
            continue  # being written, or not ours
    return found


def _read(path: str) -> tuple[str, str]:
    import json  # here: mostly there is no emulator, and `oralcam list` is in a hurry

    with open(path, encoding="utf-8") as file:
        entry = json.load(file)
    return entry["serial_number"], entry["port"]


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass  # another program was first
