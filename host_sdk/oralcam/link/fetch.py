"""One transfer from the camera: pieces in order to a sink, hashed on the way, asked for again where lost."""

from __future__ import annotations

import time

from oralcam.errors import OralcamError, SpoolError, TransferFailed
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Frame, encode_frame
from oralcam_protocol.wire.transfer import Receiver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Sink(Protocol):
        """Takes a photo's bytes in order."""

        def write(self, piece: memoryview) -> object:
            """Take the next bytes; raises OSError if it cannot."""


class Fetch:
    """Driven by the reader thread; `finished` and `error` are for the thread that waits."""

    def __init__(self, session: int, id: int, size: int, sink: Sink) -> None:
        import hashlib  # here: it loads OpenSSL, and most commands fetch nothing

        self.id = id
        self.size = size
        self.error: OralcamError | None = None
        self.finished = False
        self.moved = time.monotonic()  # when the last new byte arrived
        self._session = session
        self._sink = sink
        self._receiver = Receiver(size, _now_ms())
        self._hash = hashlib.sha256()

    @property
    def limit(self) -> int:
        """How far the camera may send before it hears from us."""
        return self._receiver.limit

    @property
    def received(self) -> int:
        """Bytes that are here."""
        return self._receiver.offset

    @property
    def sha256(self) -> bytes:
        """Digest of what is here."""
        return self._hash.digest()

    def feed(self, frame: Frame) -> None:
        """A DATA or END frame of this transfer."""
        if self.finished:
            return
        if frame.kind == Kind.END:
            if self._receiver.end(frame.arg, _now_ms()):
                self._finish(bytes(frame.payload[:32]))
        elif self._receiver.data(frame.arg, len(frame.payload), _now_ms()):
            self.moved = time.monotonic()
            self._hash.update(frame.payload)
            try:
                self._sink.write(frame.payload)
            except OSError as error:
                self.error = SpoolError(
                    f"The photo cannot be stored ({error.strerror}); the camera keeps it."
                )
                self.finished = True

    def _finish(self, sha256: bytes) -> None:
        if sha256 != self._hash.digest():
            self.error = TransferFailed(
                "The photo arrived with another SHA-256 than the camera sent; fetch it again."
            )
        self.finished = True

    def answers(self) -> bytes:
        """What to send to the camera now: CREDIT and RESUME frames."""
        if self.finished:
            return b""
        self._receiver.poll(_now_ms())
        resume = self._receiver.take_resume()
        if resume is not None:
            offset, limit = resume
            return encode_frame(Kind.RESUME, self._session, self.id, offset, limit.to_bytes(4, "little"))
        credit = self._receiver.take_credit()
        return b"" if credit is None else encode_frame(Kind.CREDIT, self._session, self.id, credit)


def _now_ms() -> int:
    return int(time.monotonic() * 1000)
