"""The program that holds a port, as far as the system tells: Linux does. It is asked once a port is busy."""

from __future__ import annotations

import os
import sys

from oralcam.link.ports.program_name import program_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def holder_of(port: str) -> str | None:
    """Return the program, as "python3 capture_app.py (process 4711)"; "this very program …" if it is ours.

    None where the system does not tell: not Linux, no permission, a process in another container. It never
    raises.
    """
    if sys.platform != "linux":
        return None
    for search in (_locking, _having_it_open):
        try:
            process = search(os.path.realpath(port))
            name = program_name(process) if process else None
        except (OSError, ValueError):
            continue  # it ended meanwhile, or there is no such port
        if name:
            return f"{'this very program' if process == os.getpid() else name} (process {process})"
    return None


def _locking(path: str) -> int | None:
    """Return the process with the lock that pyserial takes with `exclusive=True`.

    The system's list of locks tells.
    """
    if sys.platform == "win32":
        return None
    port = os.stat(path)
    wanted = (os.major(port.st_dev), os.minor(port.st_dev), port.st_ino)
    for line in _read("/proc/locks").splitlines():
        words = line.split()  # 1: FLOCK ADVISORY WRITE 4711 00:1a:3 0 EOF; "1: -> FLOCK …" only waits
        if len(words) < 6 or words[1] != "FLOCK":
            continue
        major, minor, inode = words[5].split(":")
        process = int(words[4])  # 0: in another container
        if (int(major, 16), int(minor, 16), int(inode)) == wanted:
            return process
    return None


def _having_it_open(path: str) -> int | None:
    """Return the process that has it open; None if that is not clear.

    Several are told apart by their locks where the system shows them.
    """
    openers = set()
    for process, descriptor in _descriptors(path):
        try:
            if "FLOCK" in _read(f"/proc/{process}/fdinfo/{descriptor}"):
                return process
        except OSError:
            continue  # closed in this very moment
        openers.add(process)
    # a program may have a port open and not be the one in the way: the emulator's own process does, always
    openers.discard(os.getpid())
    return openers.pop() if len(openers) == 1 else None


def _descriptors(path: str) -> Iterator[tuple[int, str]]:
    """Yield process and descriptor number of all that are open on `path`, as far as we may look."""
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        folder = f"/proc/{name}/fd"
        try:
            descriptors = os.listdir(folder)
        except OSError:
            continue  # another user's, or gone
        for descriptor in descriptors:
            try:
                if os.readlink(f"{folder}/{descriptor}") == path:
                    yield int(name), descriptor
            except OSError:
                continue  # closed in this very moment


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()
