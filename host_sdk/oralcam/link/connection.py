"""A session with a camera: the reader thread, requests from any thread, events, one transfer at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from oralcam.errors import CameraClosed, DeviceDisconnected, LinkError, OralcamError, TransferFailed
from oralcam.link.clock import ClockFilter
from oralcam.link.deadlines import Deadlines
from oralcam.link.fetch import Fetch
from oralcam.link.greeting import MAX_PAYLOAD, say_hello
from oralcam.link.port import Port
from oralcam.link.requests import Requests
from oralcam_protocol.wire.codec import Event, EventsReply, EventsRequest, FetchRequest, HeartbeatReply
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.errors import DecodeError
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.fetch import Sink

CONSOLE_LINES = 200

Progress = Callable[[int, int], None]


class LinkCounters:
    """What went wrong on the way and was put right, or not. (No dataclass: `oralcam info` does without.)"""

    def __init__(self) -> None:
        self.frames_of_other_sessions = 0
        self.messages_malformed = 0
        self.events_missed = 0
        self.console: list[str] = []  # what the camera printed outside frames


class Connection:
    """One session, until `close` or until the camera goes. `on_event` is called by the reader thread."""

    def __init__(
        self,
        port: Port,
        on_event: Callable[[Event], None],
        on_down: Callable[[], None],
        deadlines: Deadlines | None = None,
    ) -> None:
        self._port = port
        self._deadlines = deadlines or Deadlines()
        self._on_event = on_event
        self._on_down = on_down
        self._decoder = Decoder(MAX_PAYLOAD)
        self.clock = ClockFilter()
        self.counters = LinkCounters()
        self.down: OralcamError | None = None  # why there is no session any more
        self.changed = threading.Condition()
        self._writing = threading.Lock()
        self._transfer_turn = threading.Lock()
        self._fetch: Fetch | None = None
        self._own: dict[int, Callable[[bytes], None]] = {}  # the reader's own requests: what takes the answer
        self._heartbeat_due = 0.0
        self._heard = time.monotonic()
        self._body_deadline = 0.0
        self._events_asked = float("-inf")
        try:
            self.hello = say_hello(port, self._decoder, self._deadlines)
        except BaseException:
            port.close()
            raise
        self.requests = Requests(self.hello.session, self._send, self.changed, self._deadlines)
        self._event = self.hello.newest_event  # number of the last event that was passed on
        self._reader = threading.Thread(target=self._read, name=f"oralcam-{port.name}", daemon=True)
        self._reader.start()

    def request(self, opcode: int, payload: bytes = b"", timeout: float | None = None) -> bytes:
        """Have the camera do something exactly once; returns its answer.

        Raises `DeviceFault` if it refuses, `RequestTimeout` if it does not answer, `DeviceDisconnected`,
        `CameraClosed`.
        """
        with self.requests.begin(timeout) as waiting:
            return self.requests.ask(waiting, opcode, payload)

    def fetch(self, capture_number: int, size: int, sink: Sink, progress: Progress | None = None) -> bytes:
        """Bring a photo's bytes to `sink`; returns their SHA-256, which is the camera's too.

        `progress` is called in this thread with bytes received and size. Raises as `request` does, and
        `TransferFailed` or `SpoolError`; the camera keeps the photo then.
        """
        with self._transfer_turn, self.requests.begin() as waiting:
            fetch = Fetch(self.hello.session, waiting.wire_id, size, sink)
            self._fetch = fetch  # before the request: DATA may be here sooner than we look
            try:
                request = FetchRequest(capture_number, 0, fetch.limit)
                self.requests.ask(waiting, Opcode.FETCH, request.pack())
                self._await(fetch, progress)
            finally:
                self._fetch = None
        if progress is not None:
            progress(size, size)
        return fetch.sha256

    def _await(self, fetch: Fetch, progress: Progress | None) -> None:
        while not fetch.finished:
            with self.changed:
                if not fetch.finished and self.down is None:
                    self.changed.wait(0.05)
            if self.down is not None:
                raise self.down
            if time.monotonic() - fetch.moved > self._deadlines.stall:
                raise TransferFailed("The photo stopped arriving; the camera still has it: try again.")
            if progress is not None and not fetch.finished:
                progress(fetch.received, fetch.size)
        if fetch.error is not None:
            raise fetch.error

    def close(self) -> None:
        """End the session, in bounded time, from any thread. Whoever waits gets `CameraClosed`."""
        if self._fall(CameraClosed("The camera was closed.")):
            try:
                id = self.requests.next_id() & 0xFFFF
                self._send(encode_frame(Kind.REQ, self.hello.session, id, Opcode.GOODBYE))
            except LinkError:
                pass  # it need not hear it: its light goes out without heartbeats
        self._port.wake()
        if threading.current_thread() is not self._reader:
            self._reader.join()

    def _fall(self, reason: OralcamError) -> bool:
        """The session ends; True for the first reason, which is the one that counts."""
        with self.changed:
            first = self.down is None
            if first:
                self.down = reason
        if first:
            self.requests.fall(reason)
            self._on_down()
        return first

    def _send(self, data: bytes) -> None:
        with self._writing:
            self._port.send(data)

    # -- the reader thread ---------------------------------------------------------------------------

    def _read(self) -> None:
        try:
            while self.down is None:
                data = self._port.receive(self._read_timeout())
                for frame in self._frames(data):
                    self._dispatch(frame)
                self._keep_up(time.monotonic())
        except OralcamError as error:
            self._fall(error)
        except Exception as error:  # a fault of ours must not leave threads waiting for ever
            self._fall(LinkError(f"Reading from the camera failed ({error!r}); please report this."))
            raise
        finally:
            self._port.close()

    def _read_timeout(self) -> float:
        return self._deadlines.idle_read if self._fetch is None else self._deadlines.busy_read

    def _frames(self, data: bytes) -> list[Frame]:
        now = time.monotonic()
        if data:
            self._body_deadline = now + self._deadlines.body
            return self._decoder.feed(data)
        if self._decoder.unfinished and now >= self._body_deadline:
            return self._decoder.give_up()
        return []

    def _dispatch(self, frame: Frame) -> None:
        if frame.session != self.hello.session:
            self.counters.frames_of_other_sessions += 1
            return
        self._heard = time.monotonic()
        kind = frame.kind
        if kind in (Kind.DATA, Kind.END):
            fetch = self._fetch
            if fetch is not None and fetch.id == frame.id:
                fetch.feed(frame)
                if fetch.finished:
                    with self.changed:
                        self.changed.notify_all()
        elif kind == Kind.RSP and frame.id in self._own:
            try:
                self._own.pop(frame.id)(bytes(frame.payload))
            except DecodeError:
                self.counters.messages_malformed += 1
        elif kind in (Kind.RSP, Kind.ERR, Kind.PENDING):
            self.requests.answered(frame)
        elif kind == Kind.EVENT:
            self._event_arrived(frame)

    def _keep_up(self, now: float) -> None:
        """What is due whether or not something arrived."""
        fetch = self._fetch
        answers = fetch.answers() if fetch is not None else b""
        if answers:
            self._send(answers)
        if self._decoder.outside:
            console = self._decoder.take_console().decode("utf-8", "replace")
            self.counters.console = (self.counters.console + console.splitlines())[-CONSOLE_LINES:]
        if now >= self._heartbeat_due:
            if now - self._heard > self._deadlines.silence:
                raise DeviceDisconnected(
                    f"The camera on {self._port.name} stopped answering; plug it in again."
                )
            self._heartbeat_due = now + self._deadlines.heartbeat
            self._own.clear()  # what was not answered by now is asked for again
            sent_s = time.time()
            self._ask(Opcode.HEARTBEAT, b"", lambda payload: self._pulse(sent_s, payload))

    def _ask(self, opcode: int, payload: bytes, then: Callable[[bytes], None]) -> None:
        """A request of the reader's own: it never waits."""
        id = self.requests.next_id() & 0xFFFF
        self._own[id] = then
        self._send(encode_frame(Kind.REQ, self.hello.session, id, opcode, payload))

    def _pulse(self, sent_s: float, payload: bytes) -> None:
        pulse = HeartbeatReply.unpack(payload)
        self.clock.feed(sent_s, pulse.received_us, pulse.sent_us, time.time())
        with self.changed:
            self.changed.notify_all()
        if pulse.newest_event > self._event:
            self._ask_for_events()

    def _event_arrived(self, frame: Frame) -> None:
        try:
            event = Event.unpack(frame.payload)
        except DecodeError:
            self.counters.messages_malformed += 1
            return
        if event.number == self._event + 1:
            self._event = event.number
            self._on_event(event)
        elif event.number > self._event:
            self._ask_for_events()

    def _ask_for_events(self) -> None:
        """Have the events after the last one sent again."""
        now = time.monotonic()
        if now - self._events_asked >= self._deadlines.events_again:
            self._events_asked = now
            self._ask(Opcode.EVENTS, EventsRequest(self._event).pack(), self._events_follow)

    def _events_follow(self, payload: bytes) -> None:
        missed = EventsReply.unpack(payload).oldest - (self._event + 1)
        if missed > 0:  # they left the camera's ring before we asked; their photos are still listed
            self.counters.events_missed += missed
            self._event += missed
