"""The camera: open it, light, capture, wait for presses, close it."""

from __future__ import annotations

from functools import cached_property

from oralcam import log
from oralcam.discovery.host import SystemHost
from oralcam.discovery.identity import Identity
from oralcam.errors import DeviceFault, SpoolError
from oralcam.events.buffer import EventBuffer
from oralcam.files.paths import spool_folder
from oralcam.intake.intake import Intake
from oralcam.link.deadlines import Deadlines
from oralcam.link.desired_state import DesiredState
from oralcam.link.faults import decode_reply
from oralcam.link.reconnecting import ReconnectingLink
from oralcam.spool import Spool
from oralcam_protocol.wire.enums import Opcode

TYPE_CHECKING = False
if TYPE_CHECKING:  # `oralcam info` is in a hurry: what it does not need loads when it is used
    import os
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from oralcam.emulator import Emulator
    from oralcam.events.event import CaptureLost, Event
    from oralcam.events.reader import EventReader
    from oralcam.health import Health
    from oralcam.lighting import Lighting
    from oralcam.link.connection import Connection, Progress
    from oralcam.link.host import Host
    from oralcam.photo import Photo
    from oralcam.settings import Settings
    from oralcam_protocol.wire.codec import Event as WireEvent

__all__ = ["Camera"]


class Camera(Identity):
    """An open camera.

    Methods may be called from any thread, `close` too. Callbacks may call anything: `progress` is called in
    the thread that asked for the photo, an `on_event` callback in a thread of its own. Each camera has one
    reader thread, which calls nothing of yours.

    Every `Photo` that it hands out is durable in the spool, and the camera has been told so.

    When the camera is unplugged or reset, every call that waits ends with `DeviceDisconnected`, and so do new
    ones. Meanwhile the camera is looked for by its serial number. When it is back, its light and settings are
    as before, its photos are where they were (half a transfer goes on from there), and the same object works
    again: `wait_connected` waits for that.
    """

    def __init__(
        self,
        port: str | Sequence[str],
        *,
        spool: str | os.PathLike[str] | Spool | None = None,
        trace: str | os.PathLike[str] | None = None,
        deadlines: Deadlines | None = None,
        host: Host | None = None,
    ) -> None:
        """Internal: use `Camera.open`, which also finds the port; `deadlines` and `host` are for tests.

        `port` is the only one that is used, or several are the interfaces of one camera, the preferred first.
        """  # noqa: D401
        self._emulator: Emulator | None = None
        self._events = EventBuffer()
        self._desired_state = DesiredState()
        self._intake = Intake(spool if isinstance(spool, Spool) else Spool(spool or spool_folder()))
        self._recorder = None
        if trace is not None:
            from oralcam.trace.recorder import Recorder

            self._recorder = Recorder(trace)
        try:
            self._link = ReconnectingLink(
                port,
                host or SystemHost(),
                deadlines or Deadlines(),
                on_event=self._on_event,
                restore=self._restore,
                recorder=self._recorder,
            )
            try:
                self._intake.session_began(self._link.connection)
            except BaseException:
                self._link.close()
                raise
        except BaseException:
            self._end_trace()
            raise

    @classmethod
    def open(
        cls,
        target: str | Emulator | None = None,
        *,
        spool: str | os.PathLike[str] | None = None,
        scene: str | os.PathLike[str] | None = None,
        replay: str | os.PathLike[str] | None = None,
        board: str | None = None,
        trace: str | os.PathLike[str] | None = None,
        host: SystemHost | None = None,
    ) -> Camera:
        """Open a camera by serial number, by port, or (with nothing) the only one connected by USB.

        A port that is named is the only one used. Otherwise it is the camera's bulk interface, or its serial
        port where the bulk interface cannot be used; `transport` and `why_not_bulk` tell. If one of the two
        is lost, the other takes its place.

        "emulator" starts an emulator of its own, which ends with `close`; `scene`, `replay` and `board` are
        for it. An `Emulator` is opened and left running. `spool` is where photos become durable; the default
        is a private folder. `trace` is a file that records all that goes over the wire, photos included.
        `host` is for tests.

        Raises `CameraNotFound`, `PortNotFound`, `PortInUse`, `NotACamera`, `IncompatibleFirmware`,
        `SpoolError`; with an emulator `InvalidScene` or `EmulatorError`.
        """
        if target == "emulator":
            from oralcam.emulator import Emulator

            emulator = Emulator(scene=scene, replay=replay, board=board)
            try:
                camera = cls(emulator.port, spool=spool, trace=trace, host=host)
            except BaseException:
                emulator.close()
                raise
            camera._emulator = emulator
            return camera
        if (scene, replay, board) != (None, None, None):
            raise ValueError('scene, replay, board are for the emulator: use Camera.open("emulator", …)')
        if target is not None and not isinstance(target, str):
            return cls(target.port, spool=spool, trace=trace, host=host)
        from oralcam.discovery.cameras import find_ports, is_port

        host = host or SystemHost()
        ports = target if target is not None and is_port(target) else find_ports(target, host.cameras)
        return cls(ports, spool=spool, trace=trace, host=host)

    # -- photos --------------------------------------------------------------------------------------

    def capture(self, *, sharpest_of: int = 1, progress: Progress | None = None) -> Photo:
        """Take a photo now and return it; every photon in it fell after this call.

        `sharpest_of` (1..8) exposes so many frames and keeps the sharpest. `progress` is called in this
        thread with bytes received and size in all. Raises `QueueFull`, `LightLocked` or another
        `DeviceFault`, `RequestTimeout`, `TransferFailed`, `SpoolError`, `DeviceDisconnected`. The camera
        keeps a photo that it accepted until that is durable here.
        """
        return self._intake.capture(self._link, sharpest_of, progress)

    def presses(self, timeout: float | None = None, *, progress: Progress | None = None) -> Iterator[Photo]:
        """Yield one photo for each press of the button, oldest first, those made before this call included.

        The iterator ends quietly after `timeout` seconds without a press, or when `close` is called; None
        waits forever. Raises `DeviceDisconnected` if the camera goes.
        """
        while True:
            photo = self.next_press(timeout, progress=progress)
            if photo is None:
                return
            yield photo

    def next_press(self, timeout: float | None = None, *, progress: Progress | None = None) -> Photo | None:
        """Return the photo of the next press; None after `timeout` seconds without one, or when closed.

        Raises `DeviceDisconnected` if the camera goes.
        """
        return self._intake.next_press(self._link, timeout, progress)

    def events(self, timeout: float | None = None) -> Iterator[Event]:
        """Yield what happens on the camera from this call on, in order, none missing.

        The iterator ends quietly after `timeout` seconds without an event, or when `close` is called. Raises
        `DeviceDisconnected` if the camera goes.
        """
        return self._event_reader().each(timeout)

    def _event_reader(self, place: int | None = None) -> EventReader:
        from oralcam.events.reader import EventReader

        return EventReader(self._events, self._link, place)

    def on_event(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Have `callback` called for everything that happens from now on; return a function that ends that.

        The callback runs in a thread of its own, one event at a time, and may do anything: wait, take a
        photo, close the camera. An exception that it raises goes to the log. It goes on when an unplugged
        camera is back.
        """
        from oralcam.events.callbacks import Callbacks

        return Callbacks(self._events, self._link, callback).stop

    # -- the device ----------------------------------------------------------------------------------

    @cached_property
    def lighting(self) -> Lighting:
        """The LED ring: presets, levels, and what is on."""
        from oralcam.lighting import Lighting

        return Lighting(self._ask)

    @cached_property
    def settings(self) -> Settings:
        """The settings with which captures are taken."""
        from oralcam.settings import Settings

        return Settings(self._ask)

    @property
    def emulator(self) -> Emulator | None:
        """The emulator that `Camera.open("emulator")` started: its `bench` presses the button."""
        return self._emulator

    def health(self) -> Health:
        """Return temperatures, supply, memory and counters."""
        from oralcam.health import health_from_wire
        from oralcam_protocol.wire.codec import Health as WireHealth

        return health_from_wire(decode_reply(WireHealth.unpack, self._link.request(Opcode.HEALTH)))

    def request(self, opcode: int, payload: bytes = b"", timeout: float | None = None) -> bytes:
        """Send a raw request of the wire protocol and return the payload of its answer.

        It is for test benches, which ask the camera for what this class refuses; a later version may change
        or remove it. What it sets is not set again after a reset. `timeout` is in seconds.

        Raises `DeviceFault` with the camera's reason, `RequestTimeout`, `DeviceDisconnected`, `CameraClosed`.
        """
        return self._link.request(opcode, payload, timeout)

    # -- being connected -----------------------------------------------------------------------------

    def wait_connected(self, timeout: float | None = None) -> bool:
        """Wait until an unplugged camera is back; return False after `timeout` seconds.

        Raises `CameraClosed`.
        """
        return self._link.wait_connected(timeout)

    @property
    def losses(self) -> list[CaptureLost]:
        """Photos that resets of the camera took away, as far as they became known while it was open."""
        return list(self._intake.losses.reported)

    def close(self) -> None:
        """Close the camera within a second, from any thread; calls that wait for it raise `CameraClosed`.

        Its light goes out. Harmless when repeated.
        """
        self._link.close()
        self._end_trace()
        if self._emulator is not None:
            self._emulator.close()

    # -- what the link calls -------------------------------------------------------------------------

    def _ask(self, opcode: int, payload: bytes) -> bytes:
        """Send a request whose effect is to last over a reset, and return the answer."""
        answer = self._link.request(opcode, payload)
        self._desired_state.note(opcode, payload)
        return answer

    def _on_event(self, connection: Connection, event: WireEvent) -> None:
        with connection.monitor as monitor:
            self._events.add(connection, event)
            self._intake.announced(event)
            monitor.notify()

    def _restore(self, connection: Connection, before: Connection) -> None:
        """Set light and settings again, in the reader's thread: the camera is back."""
        was_reset = connection.hello.boot_id != before.hello.boot_id
        try:
            self._intake.session_began(connection)
            self._desired_state.restore(connection, was_reset=was_reset)
        except (SpoolError, DeviceFault) as error:  # a full disk, too warm for light: no reason to stay away
            log.warning("camera %s is back, but: %s", connection.hello.serial_number, error)

    def _end_trace(self) -> None:
        if self._recorder is not None:
            self._recorder.close()

    @property
    def spool_folder(self) -> Path:
        """The folder in which its photos become durable."""
        return self._intake.spool.folder

    def __enter__(self) -> Camera:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Camera {self.serial_number} on {self.port}>"
