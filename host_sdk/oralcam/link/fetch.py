"""One photo on its way from the camera: pieces in order, asked for again where they were lost."""

from __future__ import annotations

from collections.abc import Callable

from oralcam.errors import OralcamError, SpoolError, WrongDigest
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Frame, encode_frame
from oralcam_protocol.wire.transfer import Receiver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Destination(Protocol):
        """A place that takes a photo's bytes in order, and may have some of them from an earlier try."""

        received: int

        def write(self, piece: memoryview) -> None:
            """Take the next bytes; raises OSError if it cannot."""

        def digest(self) -> bytes:
            """Return the SHA-256 of all that it has."""

        def start_again(self) -> None:
            """Forget all that it has; raises OSError if it cannot."""


class Fetch:
    """One transfer, driven by the reader; `finished` and `error` are for the caller that waits.

    It lasts as long as the photo takes: transfers of the wire may end and begin again within it.
    """

    def __init__(self, session: int, size: int, destination: Destination, now: Callable[[], float]) -> None:
        self.id = -1
        self.size = size
        self.error: OralcamError | None = None
        self.finished = False
        self.interrupted = False  # the camera sends this no more: it was asked for another photo
        self.resumed_at = destination.received
        self.moved = now()  # when the last new byte arrived
        self._session = session
        self._destination = destination
        self._now = now
        self._receiver = Receiver(size, 0, 0)

    def begin(self, id: int) -> tuple[int, int]:
        """Begin a transfer with this id; return the offset and the limit to ask with."""
        self._receiver = Receiver(self.size, self._now_ms(), self._destination.received)
        self.interrupted = False
        self.moved = self._now()
        self.id = id
        return self._receiver.offset, self._receiver.limit

    @property
    def received(self) -> int:
        """The number of bytes that are here."""
        return self._destination.received

    def feed(self, frame: Frame) -> None:
        """Take in a DATA or END frame of this transfer."""
        if self.finished:
            return
        if frame.kind == Kind.END:
            if self._receiver.end(frame.arg, self._now_ms()):
                self._end(bytes(frame.payload[:32]))
        elif self._receiver.data(frame.arg, len(frame.payload), self._now_ms()):
            self.moved = self._now()
            try:
                self._destination.write(frame.payload)
            except OSError as error:
                self._fail(_not_stored(error))

    def _end(self, sha256: bytes) -> None:
        if sha256 == self._destination.digest():
            self.finished = True
        elif self.resumed_at:  # what lay here from an earlier try was not the beginning of this photo
            self.resumed_at = 0
            try:
                self._destination.start_again()
            except OSError as error:
                self._fail(_not_stored(error))
            self.interrupted = True
        else:
            self._fail(WrongDigest("The photo arrived with another SHA-256 than the camera sent; try again."))

    def _fail(self, error: OralcamError) -> None:
        self.error = error
        self.finished = True

    def answers(self) -> bytes:
        """Return what to send to the camera now: CREDIT and RESUME frames."""
        if self.finished or self.interrupted:
            return b""
        self._receiver.poll(self._now_ms())
        resume = self._receiver.take_resume()
        if resume is not None:
            offset, limit = resume
            return encode_frame(Kind.RESUME, self._session, self.id, offset, limit.to_bytes(4, "little"))
        credit = self._receiver.take_credit()
        return b"" if credit is None else encode_frame(Kind.CREDIT, self._session, self.id, credit)

    def _now_ms(self) -> int:
        return int(self._now() * 1000)


def _not_stored(error: OSError) -> SpoolError:
    return SpoolError(f"The photo cannot be stored ({error.strerror}); the camera keeps it.")
