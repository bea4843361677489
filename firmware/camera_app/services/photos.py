"""Photos on their way out: list, transfer, acknowledge."""

import asyncio
import hashlib

from camera_app import buffers
from camera_app.core.photo_queue import PhotoQueue
from camera_app.core.session import Request, Session
from camera_app.hal import PhotoStore
from camera_app.services.failure import Failure
from camera_app.services.heap import Heap
from camera_app.services.indicator import STORED, IndicatorService
from camera_app.services.links import Links
from camera_app.services.losses import Losses
from oralcam_protocol.wire.codec import (
    AcknowledgeReply,
    AcknowledgeRequest,
    CancelRequest,
    End,
    FetchRequest,
    Photo,
    PhotosReply,
    PhotosRequest,
)
from oralcam_protocol.wire.enums import ErrorCode, Kind
from oralcam_protocol.wire.frame import HEADER_SIZE, Frame, encode_frame, seal_frame
from oralcam_protocol.wire.transfer import Sender

PAGE = 8  # photos in one answer to PHOTOS
BURST = 4  # frames between two looks at what the host says


class Outgoing:
    """The transfer under way."""

    def __init__(self, session: int, id: int, photo: Photo, sender: Sender) -> None:
        self.session = session
        self.id = id
        self.photo = photo
        self.sender = sender
        self.hash = hashlib.sha256()
        self.hashed = 0
        self.sent_offset = 0
        self.sent_length = 0  # 0: hashed already, or nothing sent yet


class Photos:
    """Serves the photos that wait. One transfer at a time: the host that starts another ends the first."""

    def __init__(
        self,
        store: PhotoStore,
        queue: PhotoQueue,
        session: Session,
        links: Links,
        indicator: IndicatorService,
        losses: Losses,
        heap: Heap,
    ) -> None:
        self._store = store
        self._heap = heap
        self._losses = losses
        self._queue = queue
        self._session = session
        self._links = links
        self._indicator = indicator
        self._outgoing: "Outgoing | None" = None
        self._wake = asyncio.Event()
        self._buffer = buffers.transmit
        self._view = memoryview(self._buffer)
        self._hash_view = memoryview(buffers.hashing)  # the other may be on its way out

    def _waiting(self, capture_id: int) -> Photo:
        photo = self._queue.get(capture_id)
        if photo is None:
            raise Failure(ErrorCode.NO_SUCH_PHOTO, "photo {} is not on the camera".format(capture_id))
        return photo

    async def list(self, payload: bytes) -> PhotosReply:
        """REQ PHOTOS."""
        request = PhotosRequest.unpack(payload)
        return PhotosReply(len(self._queue), self._queue.after(request.after, PAGE))

    async def fetch(self, payload: bytes, request: Request) -> None:
        """REQ FETCH: the transfer starts behind the answer."""
        wanted = FetchRequest.unpack(payload)
        photo = self._waiting(wanted.capture_id)
        if wanted.offset > photo.size:
            raise Failure(ErrorCode.OUT_OF_RANGE, "the photo has only {} bytes".format(photo.size))
        sender = Sender(
            photo.size,
            wanted.offset,
            wanted.limit,
            min(buffers.SEND_MAX, self._session.max_payload),
        )
        self._outgoing = Outgoing(request.session, request.id, photo, sender)

    def fetch_answered(self) -> None:
        """The answer to FETCH is out: DATA may follow."""
        self._wake.set()

    async def cancel(self, payload: bytes) -> None:
        """REQ CANCEL."""
        if self._outgoing is not None and self._outgoing.id == CancelRequest.unpack(payload).transfer:
            self._outgoing = None

    async def acknowledge(self, payload: bytes) -> AcknowledgeReply:
        """REQ ACKNOWLEDGE: free the photo if the host has the same bytes; a repetition is harmless."""
        request = AcknowledgeRequest.unpack(payload)
        if self._queue.get(request.capture_id) is None:
            return AcknowledgeReply(0, len(self._queue))
        if self._digest(request.capture_id) != request.sha256:
            raise Failure(ErrorCode.DIGEST_MISMATCH, "the host's photo {} differs".format(request.capture_id))
        # The ledger first: a power cut in between must not report as lost what the host has. If the ledger
        # cannot be stored the photo waits on, and the host asks again.
        self._losses.settle(request.capture_id)
        self._queue.acknowledge(request.capture_id)
        self._store.free(request.capture_id)
        if self._outgoing is not None and self._outgoing.photo.capture_id == request.capture_id:
            self._outgoing = None
        self._indicator.show(STORED)
        return AcknowledgeReply(1, len(self._queue))

    def feed(self, frame: Frame) -> None:
        """CREDIT or RESUME from the host; for another transfer than the present one it means nothing."""
        outgoing = self._outgoing
        if outgoing is None or frame.id != outgoing.id or frame.session != outgoing.session:
            return
        if frame.kind == Kind.CREDIT:
            outgoing.sender.credit(frame.arg)
        elif len(frame.payload) >= 4:
            limit = int.from_bytes(bytes(frame.payload[:4]), "little")
            outgoing.sender.resume(frame.arg, limit)
        self._wake.set()

    async def run(self) -> None:
        """Send what credit allows, for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            frames = 0
            while self._outgoing is not None:
                frame = self._next_frame(self._outgoing)
                if frame is None:
                    break
                taken = self._links.send_at_once(frame)
                self._hash_sent(self._outgoing)  # while the link carries what it took
                if taken < len(frame):
                    await self._links.send(frame, taken)
                frames += 1
                if frames % BURST == 0:
                    await asyncio.sleep(0)
            if self._outgoing is not None and self._outgoing.sender.offset == self._outgoing.photo.size:
                await self._heap.measure()  # the host is busy storing: better now than in the next transfer

    def _next_frame(self, outgoing: Outgoing) -> "memoryview | None":
        """The DATA or END frame to send now; None if there is none."""
        if outgoing.session != self._session.number:
            self._outgoing = None
            return None
        piece = outgoing.sender.next_piece()
        if piece is None:
            return self._end_frame(outgoing) if outgoing.sender.end_due else None
        offset, length = piece
        outgoing.sent_offset, outgoing.sent_length = piece
        self._store.readinto(outgoing.photo.capture_id, offset, self._payload(length))
        size = seal_frame(self._buffer, Kind.DATA, outgoing.session, outgoing.id, offset, length)
        return self._view[:size]

    def _payload(self, length: int) -> memoryview:
        return self._view[HEADER_SIZE : HEADER_SIZE + length]

    def _end_frame(self, outgoing: Outgoing) -> memoryview:
        end = End(self._finish_hash(outgoing)).pack()
        outgoing.sender.end_sent()
        return memoryview(encode_frame(Kind.END, outgoing.session, outgoing.id, outgoing.photo.size, end))

    def _hash_sent(self, outgoing: Outgoing) -> None:
        """Hash the piece in the buffer, if it is the next one for the digest."""
        if outgoing.sent_length and outgoing.sent_offset == outgoing.hashed:
            outgoing.hash.update(self._payload(outgoing.sent_length))
            outgoing.hashed += outgoing.sent_length
        outgoing.sent_length = 0

    def _finish_hash(self, outgoing: Outgoing) -> bytes:
        """The photo's digest; pieces that this transfer did not send in order are read again."""
        capture_id = outgoing.photo.capture_id
        digest = self._queue.digest(capture_id)
        if digest is None:
            self._hash_rest(outgoing)
            digest = outgoing.hash.digest()
            self._queue.set_digest(capture_id, digest)
        return digest

    def _digest(self, capture_id: int) -> bytes:
        digest = self._queue.digest(capture_id)
        if digest is not None:
            return digest
        unsent = Outgoing(0, 0, self._waiting(capture_id), Sender(0, 0, 0, 0))
        return self._finish_hash(unsent)

    def _hash_rest(self, outgoing: Outgoing) -> None:
        while outgoing.hashed < outgoing.photo.size:
            view = self._hash_view[: outgoing.photo.size - outgoing.hashed]
            length = self._store.readinto(outgoing.photo.capture_id, outgoing.hashed, view)
            outgoing.hash.update(view)
            outgoing.hashed += length
