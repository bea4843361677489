"""Cameras that come and go."""

from __future__ import annotations

import time
from dataclasses import dataclass

from oralcam.discovery.cameras import list_cameras

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from oralcam.discovery.cameras import CameraInfo

POLL_S = 0.5  # pyserial tells nobody of a plug: one has to look
UNREADABLE_LOOKS = 10  # in a row, before they are an error and no moment of unplugging


@dataclass(frozen=True)
class CameraChange:
    """A change: a camera can be opened from now on, or no more."""

    kind: Literal["arrived", "left"]
    camera: CameraInfo


def watch_cameras(timeout: float | None = None, *, present: bool = True) -> Iterator[CameraChange]:
    """Yield cameras as they arrive and leave.

    Cameras that are there already arrive first, unless `present` is False. The iterator ends quietly after
    `timeout` seconds without a change; None watches forever. Cameras are looked for every half second: one
    that is pulled out and back within that, on the same port, is not reported; on another port it has left
    and arrived. No camera is opened.
    """
    return follow(Attendance(present=present), timeout)


class Attendance:
    """The cameras that were there at the last look."""

    def __init__(
        self, *, present: bool = True, listing: Callable[[], list[CameraInfo]] = list_cameras
    ) -> None:
        self._listing = listing
        self._there: list[CameraInfo] | None = [] if present else None  # None: before the first look
        self._unreadable = 0
        self._unripe: set[CameraInfo] = set()  # seen for the first time at the last look, without a port
        if not present:
            self.changes()

    def changes(self) -> list[CameraChange]:
        """Look again; return what has changed since the last time, departures first."""
        try:
            now = self._listing()
        except (OSError, TypeError, ValueError):
            # pyserial describes a port file by file and fails like this when it is unplugged meanwhile
            self._unreadable += 1
            if self._unreadable >= UNREADABLE_LOOKS:
                raise
            return []
        self._unreadable = 0
        # what is being set up in this very moment has a port, or is a trouble to tell of, at the next look
        known = self._unripe.union(self._there or ())
        self._unripe = {camera for camera in now if not camera.port and camera not in known}
        now = [camera for camera in now if camera not in self._unripe]
        before, self._there = self._there, now
        if before is None:
            return []
        left = [camera for camera in before if not any(_is_same(camera, other) for other in now)]
        arrived = [camera for camera in now if not any(_is_same(camera, other) for other in before)]
        return [CameraChange("left", each) for each in left] + [
            CameraChange("arrived", each) for each in arrived
        ]


def _is_same(camera: CameraInfo, other: CameraInfo) -> bool:
    """Tell whether it is the same camera. Its interfaces come and go one by one: one that stays is enough."""
    if camera == other:
        return True
    shared = {camera.port, *camera.ports} & {other.port, *other.ports} - {""}
    return bool(shared) and (camera.serial_number, camera.trouble) == (other.serial_number, other.trouble)


def follow(
    attendance: Attendance,
    timeout: float | None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[CameraChange]:
    """Yield the changes of `attendance`, until `timeout` seconds have passed without one."""
    patience_s = float("inf") if timeout is None else timeout
    deadline = clock() + patience_s
    while True:
        changes = attendance.changes()
        if changes:
            yield from changes
            deadline = clock() + patience_s
        elif clock() >= deadline:
            return
        sleep(max(0.0, min(POLL_S, deadline - clock())))
