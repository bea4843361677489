"""Which emulators run on this machine: a small file each, in the user's own folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

from oralcam.folders import emulators_folder


@contextmanager
def announced(serial_number: str, port: str) -> Iterator[None]:
    """Let `oralcam list` see this emulator while the context lasts."""
    folder = emulators_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{os.getpid()}.json"
    file.write_text(json.dumps({"serial_number": serial_number, "port": port}), "utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def running() -> list[tuple[str, str]]:
    """Serial number and port of each; files left by processes that are gone are removed."""
    found = []
    folder = emulators_folder()
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            os.kill(int(file.stem), 0)
            entry = json.loads(file.read_text("utf-8"))
            found.append((entry["serial_number"], entry["port"]))
        except ProcessLookupError:
            file.unlink(missing_ok=True)
        except (OSError, ValueError, KeyError):
            continue  # being written, or not ours
    return found
