"""A lock on an open file, against other programs. It ends when the file is closed, or with the process."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

# Windows locks bytes, and a locked byte can be read by nobody else: this one is behind the end of every file
LOCKED_BYTE = (1 << 31) - 2


def try_lock(file: IO[Any]) -> bool:
    """Return whether the file is locked for this program now; another one may have it. Raises OSError."""
    if sys.platform == "win32":
        import msvcrt

        descriptor = file.fileno()
        before = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, before, os.SEEK_SET)
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
