"""A spool that tells how far a photo has come, at the exact place: in its bytes, or behind the last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from oralcam.files.disk import Disk
from oralcam.spool import Spool
from oralcam.spool.arrival import Arrival

ASKED = "asked"  # the host is about to ask for it
WHOLE = "whole"  # the last byte is here, its END is not
VERIFIED = "verified"  # all bytes are here and their digest is the camera's; not durable yet
DURABLE = "durable"  # on disk; the camera has not been told
Place: TypeAlias = "float | str"  # a part of the photo's bytes, or one of the above


class WatchedSpool(Spool):
    """A spool that calls `reached` at every place: the photo goes on only when that returns."""

    def __init__(self, folder: Path, reached: Callable[[Place], None]) -> None:
        super().__init__(folder)
        self._reached = reached

    def begin(self, capture_id: str, size: int) -> Arrival:
        """Return the arrival of a photo, which starts or goes on."""
        self._reached(ASKED)
        return _WatchedArrival(self.disk, capture_id, size, self._reached)


class CuttingSpool(WatchedSpool):
    """A spool that calls `cut` once, at one place or, in the photo's bytes, as soon as it has been
    reached.
    """

    def __init__(self, folder: Path, place: Place, cut: Callable[[], None]) -> None:
        super().__init__(folder, self._look)
        self._place = place
        self._cut = cut
        self.has_cut = False

    def _look(self, place: Place) -> None:
        beyond = isinstance(place, float) and isinstance(self._place, float) and place >= self._place
        if not self.has_cut and (beyond or place == self._place):
            self.has_cut = True
            self._cut()


class _WatchedArrival(Arrival):
    def __init__(self, disk: Disk, capture_id: str, size: int, reached: Callable[[Place], None]) -> None:
        super().__init__(disk, capture_id, size)
        self._size = size
        self._reached = reached

    def write(self, piece: memoryview) -> None:
        """Take the next bytes."""
        super().write(piece)
        self._reached(self.received / self._size if self.received < self._size else WHOLE)

    def digest(self) -> bytes:
        """Return the digest: all of it is here."""
        digest = super().digest()
        self._reached(VERIFIED)
        return digest

    def commit(self, description: dict[str, Any]) -> None:
        """Make it durable."""
        super().commit(description)
        self._reached(DURABLE)
