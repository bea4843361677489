"""Internal: one reader of a camera's events."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from oralcam.events.buffer import EventBuffer
    from oralcam.events.event import Event
    from oralcam.link.reconnecting import ReconnectingLink


class EventReader:
    """One reader's place among the events of a camera: behind the newest one, or at `place`."""

    def __init__(self, buffer: EventBuffer, link: ReconnectingLink, place: int | None = None) -> None:
        self._buffer = buffer
        self._link = link
        with link.monitor:
            self._place = buffer.place if place is None else place

    def batch(self, timeout: float | None) -> list[Event]:
        """Return the events since the last batch as soon as there are any; none after `timeout` s.

        There are none when the camera is closed, too. Raises `DeviceDisconnected` if it goes or has gone.
        """
        events, self._place = self._buffer.after(self._place, self._link, timeout)
        return events

    def each(self, timeout: float | None) -> Iterator[Event]:
        """Yield event after event until none comes for `timeout` seconds, or the camera is closed."""
        while events := self.batch(timeout):
            yield from events
