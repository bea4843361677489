"""One session with a camera: requests from any thread, events, one photo's transfer at a time.

It has no thread of its own: somebody, the reader, does one `turn` after the other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from oralcam.errors import CameraClosed, DeviceDisconnected, LinkError, OralcamError, TransferFailed
from oralcam.link.clock import ClockFilter
from oralcam.link.deadlines import Deadlines
from oralcam.link.handshake import MAX_PAYLOAD, say_hello
from oralcam.link.ports.counters import LinkCounters
from oralcam.link.requests import Requests
from oralcam_protocol.wire.codec import Event, EventsReply, EventsRequest, FetchRequest, HeartbeatReply
from oralcam_protocol.wire.enums import Kind, Opcode
from oralcam_protocol.wire.errors import DecodeError
from oralcam_protocol.wire.frame import Decoder, Frame, encode_frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.fetch import Destination, Fetch
    from oralcam.link.host import Host
    from oralcam.link.monitor import Monitor
    from oralcam.link.ports.transport import Transport

CONSOLE_LINES = 200
LOOK_S = 0.05  # between two reports of progress
GOODBYE_S = 0.3  # less than the second in which `close` is done

Progress = Callable[[int, int], None]


class Connection:
    """One session on one port, from HELLO until it falls; `down` says why it fell, and stays.

    The reader calls `turn`, which calls `on_event`. Raises `NotACamera`, `IncompatibleFirmware`,
    `DeviceDisconnected`; the port is closed then.
    """

    def __init__(
        self,
        port: Transport,
        host: Host,
        monitor: Monitor,
        deadlines: Deadlines,
        counters: LinkCounters,
        on_event: Callable[[Connection, Event], None],
    ) -> None:
        self.counters = counters
        self.clock = ClockFilter()
        self.down: OralcamError | None = None  # why there is no session any more
        self._port = port
        self._host = host
        self.monitor = monitor
        self._deadlines = deadlines
        self._on_event = on_event
        self._decoder = Decoder(MAX_PAYLOAD)
        self._writing = threading.Lock()
        self._left = False  # goodbye was said
        self._fetch: Fetch | None = None
        self._own: dict[int, Callable[[bytes], None]] = {}  # the reader's own requests: what takes the answer
        self._heartbeat_due = 0.0
        self._heard = host.now()
        self._body_deadline = 0.0
        self._events_asked = float("-inf")
        try:
            self.hello, self._early = say_hello(port, self._decoder, deadlines, host)
        except BaseException:
            port.close()
            raise
        self.began_unix_s, self.began_s = host.unix_time(), host.now()
        self.requests = Requests(self.hello.session, self._send, monitor, deadlines)
        self._event = self.hello.newest_event  # number of the last event that was passed on

    # -- what callers do -----------------------------------------------------------------------------

    def request(self, opcode: int, payload: bytes = b"", timeout: float | None = None) -> bytes:
        """Have the camera do something exactly once, and return its answer.

        Raises `DeviceFault` if it refuses, `RequestTimeout` if it does not answer, `DeviceDisconnected`,
        `CameraClosed`.
        """
        with self.requests.begin(timeout) as waiting:
            return self.requests.ask(waiting, opcode, payload)

    def fetch(
        self, capture_number: int, size: int, destination: Destination, progress: Progress | None = None
    ) -> None:
        """Bring a photo's bytes to `destination`, from where it has got to; check its digest.

        `progress` is called in this thread with bytes received and size, and may use the camera: a photo
        that it fetches comes first. One thread at a time. Raises as `request` does, and `TransferFailed`
        or `SpoolError`; the camera keeps the photo then.
        """
        from oralcam.link.fetch import Fetch  # here: `oralcam info` fetches nothing

        before, fetch = self._fetch, Fetch(self.hello.session, size, destination, self._host.now)
        try:
            while not fetch.finished:
                with self.requests.begin() as waiting:
                    offset, limit = fetch.begin(waiting.wire_id)
                    self._fetch = fetch  # before the request: DATA may be here sooner than we look
                    request = FetchRequest(capture_number, offset, limit)
                    self.requests.ask(waiting, Opcode.FETCH, request.pack())
                    self._await(fetch, progress)
        finally:
            self._fetch = before
            if before is not None:
                before.interrupted = True  # the camera sends one photo at a time
        if fetch.error is not None:
            raise fetch.error
        if progress is not None:
            progress(size, size)

    def _await(self, fetch: Fetch, progress: Progress | None) -> None:
        while not fetch.finished and not fetch.interrupted:
            with self.monitor as monitor:
                if not fetch.finished and self.down is None:
                    monitor.wait(LOOK_S)
            if self.down is not None:
                raise self.down
            if self._host.now() - fetch.moved > self._deadlines.stall:
                raise TransferFailed("The photo stopped arriving; the camera still has it: try again.")
            if progress is not None and not fetch.finished:
                progress(fetch.received, fetch.size)

    def continue_events(self, before: Connection) -> None:
        """Follow another session: miss no event of what happened in between, and tell none twice."""
        same_boot = before.hello.boot_id == self.hello.boot_id
        self._event = before._event if same_boot else 0
        if same_boot:
            self.clock = before.clock
        if self._event < self.hello.newest_event:
            self._ask_for_events()

    def fall(self, reason: OralcamError) -> bool:
        """End the session; return True for the first reason, which is the one that counts."""
        with self.monitor:
            if self.down is not None:
                return False
            self.down = reason
            self.requests.fall(reason)
        return True

    def say_goodbye(self) -> None:
        """Tell the camera that the session ends.

        It need not hear it: its light goes out without heartbeats too. This never waits for long.
        """
        id = self.requests.next_id() & 0xFFFF
        goodbye = encode_frame(Kind.REQ, self.hello.session, id, Opcode.GOODBYE)
        if self._writing.acquire(timeout=GOODBYE_S):
            self._left = True  # the last word: the reader may be about to send a heartbeat
            try:
                self._port.send(goodbye, GOODBYE_S)
            except LinkError:
                pass  # it has gone already
            finally:
                self._writing.release()

    def interrupt(self) -> None:
        """Make the reader, and any thread that sends, stop at once."""
        self._port.interrupt()

    def close(self) -> None:
        """Close the port; the reader has ended with it."""
        self._port.close()

    def _send(self, data: bytes) -> None:
        with self._writing:
            if self._left:
                raise CameraClosed("The camera was closed.")
            self._port.send(data, self._deadlines.write)

    # -- what the reader does ------------------------------------------------------------------------

    def turn(self, patience_s: float) -> None:
        """Take in what arrives within `patience_s`, and do what is due. Any failure ends the session."""
        try:
            early, self._early = self._early, []
            for frame in early or self._frames(self._port.receive(min(patience_s, self._read_timeout()))):
                self._dispatch(frame)
            self._keep_up(self._host.now())
        except OralcamError as error:
            self.fall(error)
        except Exception as error:  # a fault of ours must not leave threads waiting for ever
            self.fall(LinkError(f"Reading from the camera failed ({error!r}); please report this."))
            raise

    def _read_timeout(self) -> float:
        return self._deadlines.idle_read if self._fetch is None else self._deadlines.busy_read

    def _frames(self, data: bytes) -> list[Frame]:
        now = self._host.now()
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
        self._heard = self._host.now()
        kind = frame.kind
        if kind in (Kind.DATA, Kind.END):
            self._data_arrived(frame)
        elif kind == Kind.RSP and frame.id in self._own:
            try:
                self._own.pop(frame.id)(bytes(frame.payload))
            except DecodeError:
                self.counters.messages_malformed += 1
        elif kind in (Kind.RSP, Kind.ERR, Kind.PENDING):
            self.requests.answered(frame)
        elif kind == Kind.EVENT:
            self._event_arrived(frame)

    def _data_arrived(self, frame: Frame) -> None:
        fetch = self._fetch
        if fetch is None or fetch.id != frame.id:
            self.counters.frames_unexpected += 1  # of a transfer that was given up, or of none
            return
        fetch.feed(frame)
        if fetch.finished or fetch.interrupted:
            with self.monitor as monitor:
                monitor.notify()

    def _keep_up(self, now: float) -> None:
        """Do what is due whether or not something arrived."""
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
            sent_s = self._host.unix_time()
            self._ask(Opcode.HEARTBEAT, b"", lambda payload: self._pulse(sent_s, payload))

    def _ask(self, opcode: int, payload: bytes, then: Callable[[bytes], None]) -> None:
        """Send a request of the reader's own, without waiting for its answer."""
        id = self.requests.next_id() & 0xFFFF
        self._own[id] = then
        self._send(encode_frame(Kind.REQ, self.hello.session, id, opcode, payload))

    def _pulse(self, sent_s: float, payload: bytes) -> None:
        pulse = HeartbeatReply.unpack(payload)
        self.clock.feed(sent_s, pulse.received_us, pulse.sent_us, self._host.unix_time())
        with self.monitor as monitor:
            monitor.notify()
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
            self._on_event(self, event)
        elif event.number > self._event:
            self._ask_for_events()
        else:
            self.counters.frames_unexpected += 1  # told before

    def _ask_for_events(self) -> None:
        """Have the events after the last one sent again."""
        now = self._host.now()
        if now - self._events_asked >= self._deadlines.events_again:
            self._events_asked = now
            self._ask(Opcode.EVENTS, EventsRequest(self._event).pack(), self._events_follow)

    def _events_follow(self, payload: bytes) -> None:
        reply = EventsReply.unpack(payload)
        missed = min(reply.oldest, reply.newest + 1) - (self._event + 1)
        if missed > 0:  # they left the camera's ring before we asked; their photos are still listed
            self.counters.events_missed += missed
            self._event += missed
