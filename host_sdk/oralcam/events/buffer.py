"""The buffer of what the reader reports, for any number of readers of events, each at its own place."""

from __future__ import annotations

from oralcam.errors import CameraClosed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.events.event import Event
    from oralcam.link.connection import Connection
    from oralcam.link.reconnecting import ReconnectingLink
    from oralcam_protocol.wire.codec import Event as WireEvent

KEPT = 4096  # far more than a program lags behind unless it is broken; what it misses then is counted


class EventBuffer:
    """The newest events. The caller of `add` and `place` holds the monitor."""

    def __init__(self) -> None:
        self._events: list[tuple[Connection, WireEvent]] = []
        self._first = 0  # place of _events[0] in all that ever came

    def add(self, connection: Connection, event: WireEvent) -> None:
        """Add an event that the reader received."""
        self._events.append((connection, event))
        if len(self._events) > 2 * KEPT:
            del self._events[:KEPT]
            self._first += KEPT

    @property
    def place(self) -> int:
        """The place behind the newest event."""
        return self._first + len(self._events)

    def after(self, place: int, link: ReconnectingLink, timeout: float | None) -> tuple[list[Event], int]:
        """Return the events from `place` on, and the place behind them; none after `timeout` s or on `close`.

        Raises `DeviceDisconnected` if the camera goes, or has gone, and there are no more.
        """
        with link.monitor as monitor:
            connection = link.connection
            monitor.wait_for(lambda: self.place > place or connection.down is not None, timeout)
            first = max(place, self._first)
            link.counters.events_overtaken += first - place
            batch = self._events[first - self._first :]
        if not batch and connection.down is not None and not isinstance(connection.down, CameraClosed):
            raise connection.down
        return [_public(*told) for told in batch], first + len(batch)


def _public(connection: Connection, event: WireEvent) -> Event:
    from oralcam.events.event import NAMES, Event, detail_of
    from oralcam.files.capture_id import capture_id

    serial_number = connection.hello.serial_number
    moment = connection.clock.moment(event.at_us)
    return Event(
        number=event.number,
        type=NAMES.get(event.type, f"event{event.type}"),
        at=moment.local() if moment else None,
        press_number=event.press_number or None,
        capture_id=capture_id(serial_number, event.capture_id) if event.capture_id else None,
        detail=detail_of(event),
    )
