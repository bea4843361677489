"""Requests that wait for an answer: numbered, repeated when nothing comes, each carried out once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oralcam.errors import OralcamError, RequestTimeout
from oralcam.link.deadlines import Deadlines
from oralcam.link.faults import device_fault
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Frame, encode_frame

AHEAD = 12  # the camera keeps the replies of the last 16 requests


class Waiting:
    """One request and what has become of it."""

    def __init__(self, id: int, timeout: float) -> None:
        self.id = id
        self.deadline = time.monotonic() + timeout
        self.payload: bytes | None = None
        self.error: OralcamError | None = None

    @property
    def wire_id(self) -> int:
        """The number as it travels."""
        return self.id & 0xFFFF


class Requests:
    """The table of requests under way. `changed` guards it and wakes those who wait."""

    def __init__(
        self, session: int, send: Callable[[bytes], None], changed: threading.Condition, deadlines: Deadlines
    ) -> None:
        self.repeated = 0
        self.late_replies = 0
        self._session = session
        self._send = send
        self._changed = changed
        self._deadlines = deadlines
        self._waiting: dict[int, Waiting] = {}
        self._next_id = 1
        self._down: OralcamError | None = None

    def fall(self, reason: OralcamError) -> None:
        """The session is over: everybody who waits, now or later, gets `reason`."""
        with self._changed:
            self._down = self._down or reason
            self._changed.notify_all()

    def next_id(self) -> int:
        """A number for a request that nobody waits for here."""
        with self._changed:
            self._next_id += 1
            return self._next_id - 1

    @contextmanager
    def begin(self, timeout: float | None = None) -> Iterator[Waiting]:
        """Reserve a number; `ask` sends the request. Late answers are dropped and counted afterwards."""
        timeout = self._deadlines.request if timeout is None else timeout
        with self._changed:
            patience = time.monotonic() + timeout
            while self._waiting and self._next_id - min(self._waiting) >= AHEAD and self._down is None:
                if not self._changed.wait(patience - time.monotonic()):
                    raise RequestTimeout("Too many requests wait for the camera's answers; try again later.")
            if self._down is not None:
                raise self._down
            waiting = Waiting(self._next_id, timeout)
            self._next_id += 1
            self._waiting[waiting.id] = waiting
        try:
            yield waiting
        finally:
            with self._changed:
                del self._waiting[waiting.id]
                self._changed.notify_all()

    def ask(self, waiting: Waiting, opcode: int, payload: bytes) -> bytes:
        """Send the request, again if need be, and wait for its answer."""
        frame = encode_frame(Kind.REQ, self._session, waiting.wire_id, opcode, payload)
        self._send(frame)
        repeat = time.monotonic() + self._deadlines.repeat
        while True:
            with self._changed:
                if waiting.payload is not None:
                    return waiting.payload
                if waiting.error is not None or self._down is not None:
                    raise waiting.error or self._down or RequestTimeout("unreachable")
                now = time.monotonic()
                if now < min(repeat, waiting.deadline):
                    self._changed.wait(min(repeat, waiting.deadline) - now)
                    continue
            if now >= waiting.deadline:
                raise RequestTimeout("The camera did not answer in time; unplug it and plug it in again.")
            self.repeated += 1
            repeat = now + self._deadlines.repeat
            self._send(frame)

    def answered(self, frame: Frame) -> None:
        """A RSP, ERR or PENDING frame arrived."""
        with self._changed:
            waiting = next((each for each in self._waiting.values() if each.wire_id == frame.id), None)
            if waiting is None:
                self.late_replies += 1
            elif frame.kind == Kind.PENDING:
                patience = time.monotonic() + frame.arg / 1000 + self._deadlines.request
                waiting.deadline = max(waiting.deadline, patience)
            elif frame.kind == Kind.RSP:
                waiting.payload = bytes(frame.payload)
            else:
                waiting.error = device_fault(bytes(frame.payload))
            self._changed.notify_all()
