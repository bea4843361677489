"""The camera: open it, light, capture, wait for presses, close it."""

from __future__ import annotations

from functools import cached_property

from oralcam.errors import CameraClosed, OralcamError
from oralcam.event_log import EventLog
from oralcam.folders import spool_folder
from oralcam.intake import Intake
from oralcam.link.connection import Connection
from oralcam.link.port import Port
from oralcam.spool import Spool
from oralcam_protocol.wire.codec import CaptureReply, CaptureRequest
from oralcam_protocol.wire.enums import Capability, Opcode

TYPE_CHECKING = False
if TYPE_CHECKING:  # `oralcam info` is in a hurry: what it does not need loads when it is used
    import os
    from collections.abc import Iterator
    from types import TracebackType

    from oralcam.emulator import Emulator
    from oralcam.events import Event
    from oralcam.health import Health
    from oralcam.lighting import Lighting
    from oralcam.link.connection import LinkCounters, Progress
    from oralcam.link.deadlines import Deadlines
    from oralcam.photo import Photo
    from oralcam.settings import Settings

CAPTURE_TIMEOUT_S = 15.0


class Camera:
    """An open camera. Methods may be called from any thread; `close` too.

    Every `Photo` it hands out is durable in the spool, and the camera has been told so.
    """

    def __init__(
        self,
        port: str,
        *,
        spool: str | os.PathLike[str] | None = None,
        deadlines: Deadlines | None = None,
    ) -> None:
        """Use `Camera.open`, which also finds the port; `deadlines` are for tests."""
        self._emulator: Emulator | None = None
        self._events = EventLog()
        folder = Spool(spool_folder() if spool is None else spool)
        self._connection = Connection(Port(port), self._events.add, self._events.wake, deadlines)
        try:
            self._intake = Intake(self._connection, folder, self._events)
        except BaseException:
            self._connection.close()
            raise
        self.port = port

    @classmethod
    def open(
        cls,
        target: str | Emulator | None = None,
        *,
        spool: str | os.PathLike[str] | None = None,
        scene: str | os.PathLike[str] | None = None,
        replay: str | os.PathLike[str] | None = None,
    ) -> Camera:
        """Open a camera by serial number, by port, or (with nothing) the only one connected by USB.

        "emulator" starts an emulator of its own, which ends with `close`; `scene` and `replay` are for it.
        An `Emulator` is opened and left running. `spool` is where photos become durable; the default is a
        private folder.

        Raises `CameraNotFound`, `PortNotFound`, `PortInUse`, `NotACamera`, `IncompatibleFirmware`,
        `SpoolError`; with an emulator `InvalidScene` or `EmulatorError`.
        """
        if target == "emulator":
            from oralcam.emulator import Emulator

            emulator = Emulator(scene=scene, replay=replay)
            try:
                camera = cls(emulator.port, spool=spool)
            except BaseException:
                emulator.close()
                raise
            camera._emulator = emulator
            return camera
        if scene is not None or replay is not None:
            raise ValueError('scene and replay are for the emulator: use Camera.open("emulator", …)')
        from oralcam.discovery import find_port

        return cls(
            find_port(target) if target is None or isinstance(target, str) else target.port, spool=spool
        )

    # -- photos --------------------------------------------------------------------------------------

    def capture(self, *, sharpest_of: int = 1, progress: Progress | None = None) -> Photo:
        """Take a photo now; every photon in it fell after this call.

        `sharpest_of` (1..8) exposes so many frames and keeps the sharpest. `progress` is called in this
        thread with bytes received and size in all. Raises `QueueFull`, `LightLocked` or another
        `DeviceFault`, `RequestTimeout`, `TransferFailed`, `SpoolError`, `DeviceDisconnected`; a photo that
        the camera accepted is kept by it until it is durable here.
        """
        self._intake.rescue_strays()
        request = CaptureRequest(sharpest_of)
        reply = self._connection.request(Opcode.CAPTURE, request.pack(), CAPTURE_TIMEOUT_S)
        return self._intake.bring_in(CaptureReply.unpack(reply).photo, progress)

    def presses(self, timeout: float | None = None, *, progress: Progress | None = None) -> Iterator[Photo]:
        """One photo for each press of the button, oldest first, those made before this call included.

        Ends quietly after `timeout` seconds without one, or when `close` is called; None waits for ever.
        Raises `DeviceDisconnected` if the camera goes.
        """
        while True:
            photo = self.next_press(timeout, progress=progress)
            if photo is None:
                return
            yield photo

    def next_press(self, timeout: float | None = None, *, progress: Progress | None = None) -> Photo | None:
        """The photo of the next press; None after `timeout` seconds without one, or when closed."""
        self._intake.rescue_strays()
        waiting = self._intake.next_pressed(timeout)
        if waiting is None:
            return None
        try:
            return self._intake.bring_in(waiting, progress)
        except CameraClosed:
            return None  # the camera still has the photo, or the spool does
        except BaseException:
            self._intake.put_back(waiting)
            raise

    def events(self, timeout: float | None = None) -> Iterator[Event]:
        """What happens on the camera from this call on, in order, none missing.

        Ends quietly after `timeout` seconds without an event, or when `close` is called.
        Raises `DeviceDisconnected` if the camera goes.
        """
        return self._follow(self.event_place(), timeout)

    def _follow(self, place: int, timeout: float | None) -> Iterator[Event]:
        while True:
            events, place = self.events_from(place, timeout)
            if not events:
                return
            yield from events

    def event_place(self) -> int:
        """Where events stand now; for `events_from`."""
        return self._events.place

    def events_from(self, place: int, timeout: float | None) -> tuple[list[Event], int]:
        """The events since `place`, as soon as there are any, and the place behind them."""
        return self._events.after(place, self._connection, timeout)

    # -- the device ----------------------------------------------------------------------------------

    @cached_property
    def lighting(self) -> Lighting:
        """The LED ring."""
        from oralcam.lighting import Lighting

        return Lighting(self._connection.request)

    @cached_property
    def settings(self) -> Settings:
        """What captures are taken with."""
        from oralcam.settings import Settings

        return Settings(self._connection.request)

    @property
    def serial_number(self) -> str:
        """The camera's own."""
        return self._connection.hello.serial_number

    @property
    def firmware_version(self) -> str:
        """Such as "0.1.0"."""
        return self._connection.hello.firmware_version

    @property
    def board(self) -> str:
        """Such as "esp32s3", or "unix" for the emulator."""
        return self._connection.hello.board

    @property
    def protocol_version(self) -> str:
        """Such as "1.0"."""
        return f"{self._connection.hello.major}.{self._connection.hello.minor}"

    @property
    def capabilities(self) -> frozenset[str]:
        """What this camera can do: "photos_survive_reset", "buzzer" …"""
        bits = self._connection.hello.capabilities
        return frozenset(
            name.lower() for name, bit in vars(Capability).items() if name.isupper() and bits & bit
        )

    @property
    def photos_waiting(self) -> int:
        """How many photos waited on the camera when it was opened."""
        return self._connection.hello.photos_waiting

    @property
    def emulator(self) -> Emulator | None:
        """The emulator that `Camera.open("emulator")` started: its `bench` presses the button."""
        return self._emulator

    @property
    def link_counters(self) -> LinkCounters:
        """What went wrong on the link, and what the camera printed outside the protocol."""
        return self._connection.counters

    def health(self) -> Health:
        """Temperatures, supply, memory, counters."""
        from oralcam.health import health_from_wire
        from oralcam_protocol.wire.codec import Health as WireHealth

        return health_from_wire(WireHealth.unpack(self._connection.request(Opcode.HEALTH)))

    @property
    def down(self) -> OralcamError | None:
        """Why this camera can be used no more (`DeviceDisconnected`, `CameraClosed`); None while it can."""
        return self._connection.down

    def close(self) -> None:
        """Give the camera back, within a second, from any thread; who waits for it gets `CameraClosed`.

        Its light goes out. Harmless when repeated.
        """
        self._connection.close()
        if self._emulator is not None:
            self._emulator.close()

    def __enter__(self) -> Camera:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Camera {self.serial_number} on {self.port}>"
