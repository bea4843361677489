"""How an accepted photo gets from the camera into a program's hands: fetch, durable, acknowledge, `Photo`."""

from __future__ import annotations

from oralcam.errors import CameraClosed, TransferFailed
from oralcam.event_log import EventLog
from oralcam.link.connection import Connection, Progress
from oralcam.spool import Spool
from oralcam.spool.spool import file_name
from oralcam_protocol.wire.codec import AcknowledgeRequest, PhotosReply, PhotosRequest
from oralcam_protocol.wire.codec import Event as WireEvent
from oralcam_protocol.wire.codec import Photo as WirePhoto
from oralcam_protocol.wire.enums import EventType, Opcode, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from oralcam.photo import Photo


class Intake:
    """Knows which photos wait on the camera, and brings each in once."""

    def __init__(self, connection: Connection, spool: Spool, events: EventLog) -> None:
        self._connection = connection
        self._spool = spool
        self._events = events
        self._pressed: dict[int, WirePhoto] = {}  # by number; dicts keep the order of arrival
        self._strays: dict[int, WirePhoto] = {}  # captures of a host that was interrupted
        self._seen: set[int] = set()  # numbers that are known here and still on the camera
        self._listed_after_missing = 0
        events.listener = self._announced
        if connection.hello.photos_waiting:
            self._list()

    # -- what waits on the camera --------------------------------------------------------------------

    def _announced(self, event: WireEvent) -> None:
        """Reader thread, holding `events.changed`: a photo was accepted."""
        if event.type == EventType.PHOTO and event.photo:
            photo = event.photo[0]
            if photo.trigger == Trigger.BUTTON and photo.capture_id not in self._seen:
                self._seen.add(photo.capture_id)
                self._pressed[photo.capture_id] = photo

    def _list(self) -> None:
        """Ask for all that waits: photos from before this session, or whose announcement was missed."""
        after = 0
        while True:
            request = PhotosRequest(after)
            page = PhotosReply.unpack(self._connection.request(Opcode.PHOTOS, request.pack())).photos
            if not page:
                return
            with self._events.changed:
                for photo in page:
                    if photo.capture_id not in self._seen:
                        self._seen.add(photo.capture_id)
                        kind = self._pressed if photo.trigger == Trigger.BUTTON else self._strays
                        kind[photo.capture_id] = photo
            after = max(after + 1, page[-1].capture_id)

    def next_pressed(self, timeout: float | None) -> WirePhoto | None:
        """The photo of the oldest press that nobody has taken; None after `timeout` or when closed."""
        missed = self._connection.counters.events_missed
        if missed != self._listed_after_missing:
            self._listed_after_missing = missed
            self._list()
        connection = self._connection
        with self._events.changed:
            self._events.wait_for(lambda: bool(self._pressed) or connection.down is not None, timeout)
            if self._pressed:
                return self._pressed.pop(next(iter(self._pressed)))
        if connection.down is not None and not isinstance(connection.down, CameraClosed):
            raise connection.down
        return None

    def put_back(self, photo: WirePhoto) -> None:
        """It could not be brought in; it is the next one again."""
        with self._events.changed:
            self._pressed = {photo.capture_id: photo, **self._pressed}
            self._events.changed.notify_all()

    def rescue_strays(self) -> None:
        """Bring photos of an interrupted program into the spool; it would have got them."""
        while self._strays:
            with self._events.changed:
                if not self._strays:
                    return
                _, photo = self._strays.popitem()
            rescued = self.bring_in(photo, None)
            import logging

            log = logging.getLogger("oralcam")
            log.warning("photo %s of an interrupted capture is in the spool", rescued.capture_id)

    # -- bringing one in -----------------------------------------------------------------------------

    def bring_in(self, wire: WirePhoto, progress: Progress | None) -> Photo:
        """Fetch, make durable, acknowledge. Whatever fails, the camera keeps it until it is durable here."""
        hello = self._connection.hello
        capture_id = file_name(hello.serial_number, wire.capture_id)
        with self._spool.begin(capture_id) as arrival:
            sha256 = self._connection.fetch(wire.capture_id, wire.size, arrival, progress)
            photo = self._describe(wire, capture_id, sha256, arrival.settle(sha256.hex()))
            arrival.commit(_as_json(photo))
        acknowledge = AcknowledgeRequest(wire.capture_id, sha256)
        self._connection.request(Opcode.ACKNOWLEDGE, acknowledge.pack())
        with self._events.changed:
            self._seen.discard(wire.capture_id)  # the camera does not list it any more
        return photo

    def _describe(self, wire: WirePhoto, capture_id: str, sha256: bytes, path: Path) -> Photo:
        from oralcam.health import celsius  # here and below: opening a camera needs none of this
        from oralcam.lighting import zones_from_wire
        from oralcam.photo import Photo

        if not wire.size:
            raise TransferFailed(f"The camera says that photo {capture_id} is empty.")
        middle_us = (wire.exposure_start_us + wire.exposure_end_us) // 2
        this_boot = wire.boot_id == self._connection.hello.boot_id
        moment = self._connection.clock.moment(middle_us) if this_boot else None
        return Photo(
            capture_id=capture_id,
            sha256=sha256.hex(),
            size=wire.size,
            width=wire.width,
            height=wire.height,
            light=zones_from_wire(wire.light),
            taken_at=moment.local() if moment else None,
            taken_at_uncertainty_s=moment.uncertainty_s if moment else None,
            trigger="button" if wire.trigger == Trigger.BUTTON else "host",
            press_number=wire.press_number or None,
            exposure_us=wire.exposure_us,
            gain=wire.gain_milli / 1000,
            jpeg_quality=wire.jpeg_quality,
            settings_revision=wire.settings_revision,
            frames_skipped=wire.frames_skipped,
            tip_temperature_c=celsius(wire.tip_temperature_mc),
            serial_number=self._connection.hello.serial_number,
            _spooled=path,
        )


def _as_json(photo: Photo) -> dict[str, Any]:
    """What stands beside the photo in the spool."""
    from dataclasses import asdict

    described = {name: value for name, value in asdict(photo).items() if not name.startswith("_")}
    described["taken_at"] = photo.taken_at.isoformat() if photo.taken_at else None
    return described
