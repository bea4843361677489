"""Requests that wait for an answer: numbered, repeated when nothing comes, each carried out once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from oralcam.errors import OralcamError, RequestTimeout
from oralcam.link.deadlines import Deadlines
from oralcam.link.faults import device_fault
from oralcam.link.monitor import Monitor
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Frame, encode_frame

AHEAD = 12  # the camera keeps the replies of the last 16 requests
LONGEST_S = 120.0  # a camera may ask for patience again and again, but not for ever


class Waiting:
    """One request and what has become of it."""

    def __init__(self, id: int, deadline: float, latest: float) -> None:
        self.id = id
        self.deadline = deadline
        self.latest = latest  # whatever the camera says
        self.payload: bytes | None = None
        self.error: OralcamError | None = None

    @property
    def wire_id(self) -> int:
        """The number as it travels."""
        return self.id & 0xFFFF


class Requests:
    """The requests of one session that are under way. The monitor guards them and wakes those who wait."""

    def __init__(
        self, session: int, send: Callable[[bytes], None], monitor: Monitor, deadlines: Deadlines
    ) -> None:
        self.repeated = 0
        self.late_replies = 0
        self._session = session
        self._send = send
        self._monitor = monitor
        self._deadlines = deadlines
        self._waiting: dict[int, Waiting] = {}
        self._next_id = 1
        self._down: OralcamError | None = None

    def fall(self, reason: OralcamError) -> None:
        """End them: every call that waits, now or later, raises `reason`. The monitor is held."""
        self._down = self._down or reason
        self._monitor.notify()

    def next_id(self) -> int:
        """Return a number for a request that nobody waits for here."""
        with self._monitor:
            self._next_id += 1
            return self._next_id - 1

    @contextmanager
    def begin(self, timeout: float | None = None) -> Iterator[Waiting]:
        """Reserve a number; `ask` sends the request. Late answers are dropped and counted afterwards."""
        timeout = self._deadlines.request if timeout is None else timeout
        with self._monitor as monitor:
            if not monitor.wait_for(lambda: self._down is not None or not self._too_far_ahead(), timeout):
                raise RequestTimeout("Too many requests wait for the camera's answers; try again later.")
            if self._down is not None:
                raise self._down
            now = monitor.now()
            waiting = Waiting(self._next_id, now + timeout, now + timeout + LONGEST_S)
            self._next_id += 1
            self._waiting[waiting.id] = waiting
        try:
            yield waiting
        finally:
            with self._monitor:
                del self._waiting[waiting.id]
                self._monitor.notify()

    def _too_far_ahead(self) -> bool:
        return bool(self._waiting) and self._next_id - min(self._waiting) >= AHEAD

    def ask(self, waiting: Waiting, opcode: int, payload: bytes) -> bytes:
        """Send the request, again if need be, and wait for its answer."""
        frame = encode_frame(Kind.REQ, self._session, waiting.wire_id, opcode, payload)
        self._send(frame)
        repeat = self._monitor.now() + self._deadlines.repeat
        while True:
            with self._monitor as monitor:
                if waiting.payload is not None:
                    return waiting.payload
                if waiting.error is not None or self._down is not None:
                    raise waiting.error or self._down or RequestTimeout("unreachable")
                now = monitor.now()
                if now < min(repeat, waiting.deadline):
                    monitor.wait(min(repeat, waiting.deadline) - now)
                    continue
            if now >= waiting.deadline:
                raise RequestTimeout("The camera did not answer in time; unplug it and plug it in again.")
            self.repeated += 1
            repeat = now + self._deadlines.repeat
            self._send(frame)

    def answered(self, frame: Frame) -> None:
        """Take in a RSP, ERR or PENDING frame."""
        with self._monitor as monitor:
            waiting = next((each for each in self._waiting.values() if each.wire_id == frame.id), None)
            if waiting is None:
                self.late_replies += 1
            elif frame.kind == Kind.PENDING:
                patience = monitor.now() + frame.arg / 1000 + self._deadlines.request
                waiting.deadline = max(waiting.deadline, min(patience, waiting.latest))
            elif frame.kind == Kind.RSP:
                waiting.payload = bytes(frame.payload)
            else:
                waiting.error = device_fault(bytes(frame.payload))
            monitor.notify()
