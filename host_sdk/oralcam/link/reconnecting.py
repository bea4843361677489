"""The link to one camera that survives unplugging: when a session falls, it looks for the camera again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from oralcam import log
from oralcam.errors import (
    CameraClosed,
    CameraNotFound,
    DeviceDisconnected,
    MissingExtra,
    NotACamera,
    OralcamError,
    PortInUse,
    PortNotFound,
)
from oralcam.link.connection import Connection
from oralcam.link.deadlines import Deadlines
from oralcam.link.host import Host
from oralcam.link.ports.counters import LinkCounters
from oralcam.link.ports.preference import Preference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.link.ports.transport import Transport
    from oralcam.trace.recorder import Recorder
    from oralcam_protocol.wire.codec import Event

# what one interface of a camera may suffer from and another not
ELSEWHERE = (MissingExtra, PortNotFound, PortInUse, NotACamera, DeviceDisconnected)


class LinkState(Enum):
    """Where a link stands between its first HELLO and `close`."""

    CONNECTED = "there is a session"
    LOOKING = "the session fell; the camera is looked for"
    RESTORING = "the camera is back; its light and settings are being restored"
    CLOSING = "`close` says goodbye"
    CLOSED = "`close` has ended it"


class ReconnectingLink:
    """One camera, from the first HELLO to `close`, over any number of sessions.

    `ports` are the interfaces of one camera, the preferred one first, or the name of the only one to be used.
    `restore` is called in the reader's thread with a session and the one that it follows, before any other
    call may use it. `on_event` is called in the reader's thread too.
    """

    def __init__(
        self,
        ports: str | Sequence[str],
        host: Host,
        deadlines: Deadlines,
        *,
        on_event: Callable[[Connection, Event], None],
        restore: Callable[[Connection, Connection], None],
        recorder: Recorder | None = None,
    ) -> None:
        self.host = host
        self.deadlines = deadlines
        self.monitor = host.monitor()
        self.counters = LinkCounters()
        self._on_event = on_event
        self._restore = restore
        self._recorder = recorder
        self._closed = host.flag()
        self._leaving = False  # `close` was called
        self._port: Transport | None = None  # the newest one, maybe not yet a session's
        self._coming: Connection | None = None  # greeted, not yet restored
        self._look_at = 0.0
        self._looks = 0  # for the camera, since the session fell
        self.port = ""
        self.preference = Preference(ports)
        self.connection = self._first_session(ports)
        self.monitor.pump = self.turn
        self._join = host.start_reader(self._read, f"oralcam-{self.connection.hello.serial_number}")

    # -- for callers ---------------------------------------------------------------------------------

    def request(self, opcode: int, payload: bytes = b"", timeout: float | None = None) -> bytes:
        """Send a request in the present session, as `Connection.request` does."""
        return self.connection.request(opcode, payload, timeout)

    @property
    def state(self) -> LinkState:
        """The state of this moment."""
        if self._closed.is_set():
            return LinkState.CLOSED
        if self._leaving:
            return LinkState.CLOSING
        if self._coming is not None:
            return LinkState.RESTORING
        return LinkState.CONNECTED if self.connection.down is None else LinkState.LOOKING

    @property
    def closed(self) -> bool:
        """True once `close` was called."""
        return self._closed.is_set()

    def wait_connected(self, timeout: float | None) -> bool:
        """Wait until there is a session; return False after `timeout` seconds. Raises `CameraClosed`."""
        with self.monitor as monitor:
            monitor.wait_for(lambda: self.state in (LinkState.CONNECTED, LinkState.CLOSED), timeout)
            if self.state is LinkState.CLOSED:
                raise CameraClosed("The camera was closed.")
            return self.state is LinkState.CONNECTED

    def close(self) -> None:
        """End session and search, within a second, from any thread. Calls that wait raise `CameraClosed`."""
        reason = CameraClosed("The camera was closed.")
        with self.monitor:
            first, self._leaving = not self._leaving, True
        if first:  # before the reader is told: it gives the port back, and the light would stay on
            for connection in (self._coming, self.connection):
                if connection is not None and connection.down is None:
                    connection.say_goodbye()
        with self.monitor as monitor:
            self._closed.set()
            monitor.notify()
        for connection in (self._coming, self.connection):
            if connection is not None:
                connection.fall(reason)
        port = self._port
        if port is not None:
            port.interrupt()
        self._join()

    # -- the reader ----------------------------------------------------------------------------------

    def _read(self) -> None:
        self.monitor.read_here()
        try:
            while not self._closed.is_set():
                try:
                    self.turn(float("inf"))
                except Exception:
                    log.exception("the reader of camera %s failed", self.connection.hello.serial_number)
        finally:
            self.connection.close()

    def turn(self, patience_s: float) -> None:
        """Serve the session; if it has fallen, look whether the camera is back."""
        connection = self._coming or self.connection
        if connection.down is None:
            connection.turn(patience_s)
        elif self._coming is None:
            self._look(patience_s)

    def _look(self, patience_s: float) -> None:
        self.connection.close()
        wait_s = min(patience_s, self._look_at - self.host.now())
        if wait_s > 0:
            self._closed.wait(wait_s)
            return
        before = self.connection
        self._look_at = self.host.now() + self.deadlines.look_again
        ports = self.host.ports_of(before.hello.serial_number, self.port)
        self._looks += 1
        for name in self.preference.ranked(ports, self._looks, self.host.now()):
            try:
                self._come_back(before, name)
                return
            except OralcamError as error:  # not there, or not it, or gone again
                self._look_at = self.host.now() + self.deadlines.look_again
                if self.preference.refused(name, error):
                    return

    def _come_back(self, before: Connection, name: str) -> None:
        """Open a session on a port. Raises OralcamError if that camera is not there or goes again."""
        coming = self._connect(name)
        try:
            if coming.hello.serial_number != before.hello.serial_number:
                raise NotACamera(f"On {name} is camera {coming.hello.serial_number}.")
            self._coming = coming
            coming.continue_events(before)
            self._restore(coming, before)
            self._take_up(coming, name)
        except BaseException:
            coming.fall(DeviceDisconnected("It could not be taken up again."))
            coming.close()
            raise
        finally:
            self._coming = None
        log.info("camera %s is back on %s", coming.hello.serial_number, name)

    def _take_up(self, coming: Connection, name: str) -> None:
        """Make it everybody's session from here on."""
        with self.monitor as monitor:
            if self._closed.is_set():
                raise CameraClosed("The camera was closed.")
            if coming.down is not None:
                raise coming.down
            was_there = self._looks == 1 and coming.hello.boot_id == self.connection.hello.boot_id
            self.connection = coming
            self.port = name
            self.preference.taken(name, self.host.now(), was_there=was_there)
            self._looks = 0
            self.counters.reconnects += 1
            monitor.notify()

    def _first_session(self, ports: str | Sequence[str]) -> Connection:
        """Return a session on the first port where there can be one.

        Raise what kept the last port from it.
        """
        names = self.preference.ranked([ports] if isinstance(ports, str) else ports, 0, self.host.now())
        for name in names:
            try:
                connection = self._connect(name)
            except ELSEWHERE as error:
                if self.preference.refused(name, error) or name == names[-1]:
                    raise
                log.info("not on %s: %s", name, error)
            else:
                self.port = name
                self.preference.taken(name, self.host.now())
                return connection
        raise CameraNotFound("The camera shows no port: unplug it and plug it in again.")

    def _connect(self, name: str) -> Connection:
        port = self.host.open_port(name, self._recorder, self.counters)
        self._port = port
        if self._recorder is not None:
            self._recorder.note(f"port {name} opened")
        if self._closed.is_set():
            port.interrupt()  # `close` may have looked a moment too early
        return Connection(port, self.host, self.monitor, self.deadlines, self.counters, self._on_event)
