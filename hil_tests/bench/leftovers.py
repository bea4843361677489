"""The handles that this program holds open, so that what is left over after a storm can be named."""

from __future__ import annotations

import gc
import os
import re
import threading
from collections import Counter


def handles() -> Counter[str]:
    """Return how often each file, port or kind of socket is open; numbers that change are left out."""
    gc.collect()
    found: Counter[str] = Counter()
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue  # the one that lists them
        found[re.sub(r"\d+", "N", target)] += 1
    return found


class Leftovers:
    """Handles and threads beyond those of the moment when this was made."""

    def __init__(self) -> None:
        self._handles = handles()
        self._threads = threading.active_count()

    @property
    def handles(self) -> dict[str, int]:
        """Handles that were not there before."""
        return dict(handles() - self._handles)

    @property
    def threads(self) -> list[str]:
        """All threads, if there are more than before."""
        return (
            [each.name for each in threading.enumerate()] if threading.active_count() > self._threads else []
        )

    def gone(self) -> bool:
        """Tell whether nothing is left over."""
        return not self.handles and not self.threads

    def __str__(self) -> str:
        return f"nothing left over but handles {self.handles} and threads {self.threads}"
