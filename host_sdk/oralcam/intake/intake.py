"""How an accepted photo gets from the camera into a program's hands: fetch, durable, acknowledge, `Photo`."""

from __future__ import annotations

import threading

from oralcam import log
from oralcam.errors import (
    CameraClosed,
    DeviceFault,
    DigestRefused,
    ImplausiblePhoto,
    MalformedAnswer,
    OralcamError,
    TransferFailed,
)
from oralcam.intake.lost_captures import LostCaptures
from oralcam.intake.pending import LIMIT, PendingPhotos
from oralcam.link.faults import decode_reply
from oralcam.spool import Spool
from oralcam_protocol.wire.codec import (
    AcknowledgeReply,
    AcknowledgeRequest,
    CaptureReply,
    CaptureRequest,
    PhotosReply,
    PhotosRequest,
)
from oralcam_protocol.wire.enums import EventType, Opcode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.connection import Connection, Progress
    from oralcam.link.reconnecting import ReconnectingLink
    from oralcam.photo import Photo
    from oralcam_protocol.wire.codec import Event as WireEvent
    from oralcam_protocol.wire.codec import Photo as WirePhoto

AGAIN_S = 30.0  # after several failures
PRESSES_KEPT = 1024  # far more than photos wait on any camera
LARGEST_PHOTO = 256 << 20  # bytes; no sensor of today's makes a JPEG a tenth of that


class Intake:
    """The way of photos into a program: each one that waits on the camera is brought in once.

    Durable comes before acknowledged, and acknowledged before forgotten: if anything is interrupted in
    between, the photo is on the camera or in the spool, and the next session finds out which.
    """

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self._pending = PendingPhotos()
        self._pressed_us: dict[int, int] = {}  # when each press was made, camera's microseconds
        self.losses = LostCaptures(spool)
        self._list_again_s = float("inf")
        self._boot_id = 0
        self._missed = 0  # events that were missed when the camera's list was last asked for
        self._turn = threading.RLock()  # one photo at a time; a progress callback may fetch another within

    # -- for a program -------------------------------------------------------------------------------

    def capture(self, link: ReconnectingLink, sharpest_of: int, progress: Progress | None) -> Photo:
        """Take a photo, as `Camera.capture` does."""
        connection = link.connection
        self._rescue_strays(connection)
        wire = self._have_one_taken(connection, sharpest_of, link.deadlines.capture)
        photo = self._bring_in_or_put_back(connection, wire, progress)
        assert photo is not None, "a fresh photo is never here already"
        return photo

    def _have_one_taken(self, connection: Connection, sharpest_of: int, timeout: float) -> WirePhoto:
        wire = None
        with connection.monitor:
            self._pending.capture_began()
        try:
            answer = connection.request(Opcode.CAPTURE, CaptureRequest(sharpest_of).pack(), timeout)
            wire = decode_reply(CaptureReply.unpack, answer).photo
        finally:
            with connection.monitor:
                self._pending.capture_ended(wire)
                if wire is None:
                    self._missed = -1  # its photo may be on the camera all the same
        return wire

    def next_press(
        self, link: ReconnectingLink, timeout: float | None, progress: Progress | None
    ) -> Photo | None:
        """Return the photo of the next press, as `Camera.next_press` does."""
        photo = None
        while photo is None:
            try:
                self._rescue_strays(link.connection)
                waiting = self._next_pressed(link, timeout)
                if waiting is None:
                    return None
                photo = self._bring_in_or_put_back(*waiting, progress)
            except CameraClosed:
                return None  # the camera still has the photo, or the spool does
        return photo

    def _bring_in_or_put_back(
        self, connection: Connection, wire: WirePhoto, progress: Progress | None
    ) -> Photo | None:
        try:
            return self._bring_in(connection, wire, progress)
        except BaseException:
            self._put_back(connection, wire)
            raise

    # -- what waits on the camera --------------------------------------------------------------------

    def announced(self, event: WireEvent) -> None:
        """Note an event that the reader has; the monitor is held."""
        if event.type == EventType.PHOTO and event.photo:
            self._pending.announced(event.photo[0])
        elif event.type == EventType.PRESS:
            self._pressed_us[event.press_number] = event.at_us
            if len(self._pressed_us) > PRESSES_KEPT:
                del self._pressed_us[next(iter(self._pressed_us))]

    def session_began(self, connection: Connection) -> None:
        """Ask for photos and losses that are older than this session.

        Raises what `Connection.request` does, and `SpoolError`.
        """
        with connection.monitor:
            self._pending.begin_again()
            if connection.hello.boot_id != self._boot_id:
                self._boot_id = connection.hello.boot_id
                self._pressed_us.clear()  # by a clock that is no more
        self._missed = connection.counters.events_missed
        self._list_again_s = float("inf")
        listed = self._list(connection) if connection.hello.photos_waiting else []
        unknown = [photo for photo in listed if not self._is_here(connection, photo)]
        with connection.monitor as monitor:
            for photo in unknown:
                self._pending.listed(photo)
            monitor.notify()
        if connection.hello.captures_lost:
            self.losses.take_over(connection)  # while debts tell which photos are lost there and safe here
        self._forget_debts(connection, {photo.capture_id for photo in listed})

    def _list(self, connection: Connection) -> list[WirePhoto]:
        photos: list[WirePhoto] = []
        after = 0
        while len(photos) < LIMIT:
            answer = connection.request(Opcode.PHOTOS, PhotosRequest(after).pack())
            reply = decode_reply(PhotosReply.unpack, answer)
            page = [photo for photo in reply.photos if photo.capture_id > after]
            if not page:
                return photos
            photos += page
            after = max(photo.capture_id for photo in page)
        raise MalformedAnswer(f"The camera lists more than {LIMIT} photos; unplug it and plug it in again.")

    def _is_here(self, connection: Connection, photo: WirePhoto) -> bool:
        """Tell whether an earlier session made this photo durable and could not tell the camera."""
        from oralcam.files.capture_id import capture_id, former_id  # here: opening an idle camera needs none

        serial_number = connection.hello.serial_number
        now = capture_id(serial_number, photo.capture_id)
        for name in filter(None, (now, former_id(now, serial_number))):
            for sha256 in self.spool.digests_of(name):
                try:
                    self._acknowledge(connection, photo.capture_id, bytes.fromhex(sha256))
                except DigestRefused:
                    continue  # another photo of the same name: numbers began again, or another camera's
                self.spool.acknowledged(name)
                return True
        return False

    def _forget_debts(self, connection: Connection, listed: set[int]) -> None:
        """Forget what the camera does not list any more: it was told of that after all."""
        serial_number = connection.hello.serial_number
        owed = self.spool.owed(serial_number)
        if not owed:
            return
        from oralcam.files.capture_id import capture_id

        still = {capture_id(serial_number, number) for number in listed}
        for name in owed:
            if name not in still:
                self.spool.acknowledged(name)

    def _next_pressed(
        self, link: ReconnectingLink, timeout: float | None
    ) -> tuple[Connection, WirePhoto] | None:
        """Return the photo of the oldest press that nobody has taken; None after `timeout` or when closed.

        Raises `DeviceDisconnected` if the camera goes, or has gone.
        """
        connection, monitor, waiting = link.connection, link.monitor, self._pending
        end_s = float("inf") if timeout is None else monitor.now() + timeout
        while True:
            self._fill_gaps(connection)
            with monitor:
                patience_s = min(end_s, self._list_again_s) - monitor.now()
                monitor.wait_for(
                    lambda: waiting.pressed or connection.down is not None or self._has_gaps(connection),
                    None if patience_s == float("inf") else max(0.0, patience_s),
                )
                if connection.down is not None:
                    break
                if waiting.pressed:
                    return connection, waiting.take_pressed()
                if monitor.now() >= end_s:
                    return None
        if isinstance(connection.down, CameraClosed):
            return None
        raise connection.down

    def _has_gaps(self, connection: Connection) -> bool:
        """Tell whether the camera's list may bring something.

        Events that left the camera's ring unseen may have announced photos; some are to be tried again.
        """
        missed = connection.counters.events_missed != self._missed
        return missed or connection.monitor.now() >= self._list_again_s

    def _fill_gaps(self, connection: Connection) -> None:
        """Ask for the camera's list again where that may bring something."""
        if connection.down is not None or not self._has_gaps(connection):
            return
        missed = connection.counters.events_missed
        photos = self._list(connection)
        self._missed = missed
        self._list_again_s = float("inf")
        with connection.monitor:
            for photo in photos:
                self._pending.listed(photo)

    def _put_back(self, connection: Connection, photo: WirePhoto) -> None:
        """Put back a photo that could not be brought in: it is the next one again, a few times.

        A new session lists it again.
        """
        with connection.monitor as monitor:
            if connection.down is None and not self._pending.put_back(photo):
                log.warning("photo %s cannot be brought in; it is tried again later", photo.capture_id)
                self._pending.gone(photo.capture_id)
                self._list_again_s = monitor.now() + AGAIN_S
            monitor.notify()

    def _rescue_strays(self, connection: Connection) -> None:
        """Bring photos of interrupted captures into the spool.

        The calls that asked for them would have got them. One that cannot be brought in is no obstacle to
        what comes next, unless the reason is one.
        """
        self._fill_gaps(connection)
        with connection.monitor:
            strays = self._pending.take_strays()
        while strays:
            try:
                rescued = self._bring_in(connection, strays[0], None)
            except (TransferFailed, ImplausiblePhoto, DeviceFault) as error:
                self._put_back(connection, strays[0])
                log.warning("photo %s of an interrupted capture: %s", strays[0].capture_id, error)
            except BaseException:
                for stray in reversed(strays):
                    self._put_back(connection, stray)
                raise
            else:
                if rescued is not None:
                    log.warning("photo %s of an interrupted capture is in the spool", rescued.capture_id)
            del strays[0]

    # -- bringing one in -----------------------------------------------------------------------------

    def _bring_in(self, connection: Connection, wire: WirePhoto, progress: Progress | None) -> Photo | None:
        """Fetch, make durable, acknowledge; None if that has been done already.

        Whatever fails before, the camera keeps the photo until it is durable here. A camera that cannot be
        told that it is (unplugged in that very moment) is told when it is back.
        """
        if not 0 < wire.size <= LARGEST_PHOTO:
            raise ImplausiblePhoto(
                f"The camera says that photo {wire.capture_id} has {wire.size} bytes; update its firmware."
            )
        with self._turn:
            if not self._pending.is_fresh(wire.capture_id) and self._is_here(connection, wire):
                with connection.monitor:
                    self._pending.gone(wire.capture_id)
                return None
            photo = self._make_durable(connection, wire, progress)
            with connection.monitor:
                self._pending.gone(wire.capture_id)
            try:
                self._acknowledge(connection, wire.capture_id, bytes.fromhex(photo.sha256))
            except OralcamError:
                self.spool.owe(photo.capture_id, photo.sha256)
                self._list_again_s = connection.monitor.now()  # it lists the photo, and is told then
            return photo

    def _make_durable(self, connection: Connection, wire: WirePhoto, progress: Progress | None) -> Photo:
        from oralcam.files.capture_id import capture_id, former_id  # opening a camera needs none of this
        from oralcam.intake.from_wire import as_json, photo_from_wire

        serial_number = connection.hello.serial_number
        name = capture_id(serial_number, wire.capture_id)
        former = former_id(name, serial_number)
        if former is not None:
            from oralcam.spool.former import adopt_half

            adopt_half(self.spool.disk, name, former)
        with self.spool.begin(name, wire.size) as arrival:
            connection.fetch(wire.capture_id, wire.size, arrival, progress)
            pressed_us = self._pressed_us.get(wire.press_number)
            photo = photo_from_wire(wire, connection, name, arrival.digest(), arrival.settle(), pressed_us)
            arrival.commit(as_json(photo))
        return photo

    def _acknowledge(self, connection: Connection, capture_number: int, sha256: bytes) -> None:
        request = AcknowledgeRequest(capture_number, sha256)
        decode_reply(AcknowledgeReply.unpack, connection.request(Opcode.ACKNOWLEDGE, request.pack()))
