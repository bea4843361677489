"""Events: numbered when they happen, pushed while a host listens, sent again when it missed some."""

import asyncio

from camera_app import buffers
from camera_app.core.events import EventRing
from camera_app.core.session import Session
from camera_app.services.clock import Clock
from camera_app.services.links import Links
from oralcam_protocol.wire.codec import Event, EventsReply, EventsRequest, Photo
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import encode_frame

LISTENING_MS = 3000


class Events:
    """The ring of events and the task that pushes them."""

    def __init__(self, clock: Clock, session: Session, links: Links) -> None:
        self.ring = EventRing(buffers.events, buffers.EVENT_SLOT)
        self._clock = clock
        self._session = session
        self._links = links
        self._pushed = 0
        self._wake = asyncio.Event()

    def announce(
        self,
        type: int,
        at_us: int,
        press_number: int = 0,
        capture_id: int = 0,
        code: int = 0,
        photo: "Photo | None" = None,
    ) -> None:
        """Something happened at `at_us`."""
        photos = [] if photo is None else [photo]
        event = Event(self.ring.newest + 1, type, at_us, press_number, capture_id, code, photos)
        self.ring.add(event.pack())
        self._wake.set()

    def session_opened(self) -> None:
        """Push what happens from now on; the host asks for older events if it wants them."""
        self._pushed = self.ring.newest

    async def again(self, payload: bytes) -> EventsReply:
        """REQ EVENTS: go back and push from there."""
        request = EventsRequest.unpack(payload)
        self._pushed = min(request.after, self.ring.newest)
        self._wake.set()
        return EventsReply(self.ring.oldest, self.ring.newest)

    async def run(self) -> None:
        """Push events for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._pushed < self.ring.newest:
                if not self._session.alive(self._clock.now_ms(), LISTENING_MS):
                    break
                number = max(self._pushed + 1, self.ring.oldest)
                self._pushed = number
                event = self.ring.get(number)
                if event is not None:
                    await self._links.send(
                        encode_frame(Kind.EVENT, self._session.number, number & 0xFFFF, 0, event)
                    )
