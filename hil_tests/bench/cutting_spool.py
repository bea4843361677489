"""A spool that lets something happen at an exact place of a photo's way: in its bytes, or behind the last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from oralcam.spool import Spool
from oralcam.spool.arrival import Arrival
from oralcam.spool.disk import Disk

VERIFIED = "verified"  # all bytes are here and their digest is the camera's; not durable yet
DURABLE = "durable"  # on disk; the camera has not been told
Place = float | str  # a part of the photo's bytes, VERIFIED or DURABLE


class CuttingSpool(Spool):
    """Calls `cut` once, in the middle of things: the photo goes on only when it returns."""

    def __init__(self, folder: Path, place: Place, cut: Callable[[], None]) -> None:
        super().__init__(folder)
        self._place = place
        self._cut = cut
        self.has_cut = False

    def begin(self, capture_id: str, size: int) -> Arrival:
        """A photo starts to arrive, or goes on."""
        return _Arrival(self.disk, capture_id, size, self._reached)

    def _reached(self, place: Place) -> None:
        if self.has_cut or type(place) is not type(self._place):
            return
        if place == self._place or (isinstance(place, float) and place >= float(self._place)):
            self.has_cut = True
            self._cut()


class _Arrival(Arrival):
    def __init__(self, disk: Disk, capture_id: str, size: int, reached: Callable[[Place], None]) -> None:
        super().__init__(disk, capture_id, size)
        self._size = size
        self._reached = reached

    def write(self, piece: memoryview) -> None:
        """The next bytes."""
        super().write(piece)
        if self.received < self._size:
            self._reached(self.received / self._size)

    def digest(self) -> bytes:
        """All of it is here."""
        digest = super().digest()
        self._reached(VERIFIED)
        return digest

    def commit(self, description: dict[str, Any]) -> None:
        """It is durable now."""
        super().commit(description)
        self._reached(DURABLE)
