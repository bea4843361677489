"""Keeps what the reader thread reports, for any number of readers, each at its own place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from oralcam.errors import CameraClosed
from oralcam.spool.spool import file_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.events import Event
    from oralcam.link.connection import Connection
    from oralcam_protocol.wire.codec import Event as WireEvent

KEPT = 4096  # far more than a program lags behind unless it is broken; what it misses then is counted


class EventLog:
    """The newest events, and the condition on which readers wait."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.overtaken = 0  # events that a reader was too late for
        self.listener: Callable[[WireEvent], None] = _ignore
        self._events: list[WireEvent] = []
        self._first = 0  # place of _events[0] in all that ever came

    def add(self, event: WireEvent) -> None:
        """The reader thread has an event."""
        with self.changed:
            self._events.append(event)
            if len(self._events) > 2 * KEPT:
                del self._events[:KEPT]
                self._first += KEPT
            self.listener(event)
            self.changed.notify_all()

    def wake(self) -> None:
        """The connection has ended."""
        with self.changed:
            self.changed.notify_all()

    @property
    def place(self) -> int:
        """Behind the newest event."""
        with self.changed:
            return self._first + len(self._events)

    def after(self, place: int, connection: Connection, timeout: float | None) -> tuple[list[Event], int]:
        """The events from `place` on, and the place behind them; none after `timeout` s or on `close`.

        Raises `DeviceDisconnected` if the camera has gone and there are no more.
        """
        with self.changed:
            self.wait_for(
                lambda: self._first + len(self._events) > place or connection.down is not None, timeout
            )
            first = max(place, self._first)
            self.overtaken += first - place
            batch = self._events[first - self._first :]
        if not batch and connection.down is not None and not isinstance(connection.down, CameraClosed):
            raise connection.down
        return [_public(connection, event) for event in batch], first + len(batch)

    def wait_for(self, condition: Callable[[], bool], timeout: float | None) -> bool:
        """Wait, holding `changed`, until `condition`; False after `timeout` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while not condition():
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                return False
            self.changed.wait(left)
        return True


def _ignore(event: WireEvent) -> None:
    del event


def _public(connection: Connection, event: WireEvent) -> Event:
    from oralcam.events import NAMES, Event, detail_of

    moment = connection.clock.moment(event.at_us)
    return Event(
        number=event.number,
        type=NAMES.get(event.type, f"event{event.type}"),
        at=moment.local() if moment else None,
        press_number=event.press_number or None,
        capture_id=file_name(connection.hello.serial_number, event.capture_id) if event.capture_id else None,
        detail=detail_of(event),
    )
