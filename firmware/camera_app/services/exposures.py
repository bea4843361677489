"""One frame at a time: light, sensor, light off. It may be begun before anybody is sure that it is wanted.

The first edge of a press begins it; when the contact has settled, the order finds it exposed. What was a
bounce is thrown away.
"""

import asyncio

from camera_app.hal import Board, SensorFrame
from camera_app.services.failure import Failure
from camera_app.services.lighting import Lighting
from camera_app.services.log import Log
from camera_app.services.settings import SettingsService
from oralcam_protocol.wire.codec import ZoneLight
from oralcam_protocol.wire.enums import ErrorCode

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Awaitable, Callable

    Taken = tuple[SensorFrame, list[ZoneLight]]

EXPOSE_TIMEOUT_S = 1.5  # longer than safety allows light for
FRAME_TIMEOUT_S = 12
RECOVER_TIMEOUT_S = 2


class Foreseen:
    """A frame that somebody may want: its light is on, the rest is done in a task of its own."""

    def __init__(self, expose: "Callable[[], Awaitable[Taken]]", lights_out: "Callable[[], object]") -> None:
        self._expose = expose
        self._lights_out = lights_out
        self._began = False
        self._ended = asyncio.Event()
        self._taken: "Taken | None" = None
        self._error: "Exception | None" = None
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        self._began = True
        try:
            self._taken = await self._expose()
        except Exception as error:
            self._error = error
        finally:
            self._ended.set()

    async def result(self) -> "Taken":
        """Wait for the frame; raises what exposing it raised."""
        await self._ended.wait()
        if self._taken is None:
            raise self._error or Failure(ErrorCode.INTERNAL, "the exposure was given up")
        return self._taken

    def drop_at_once(self) -> None:
        """Give it up before it has had a turn."""
        self._task.cancel()
        self._lights_out()
        self._ended.set()

    async def drop(self) -> None:
        """Give it up; returns when its light is off."""
        if not self._began:
            self.drop_at_once()
            return
        self._task.cancel()
        await self._ended.wait()


class Exposures:
    """The sensor and the light that it needs."""

    def __init__(self, board: Board, lighting: Lighting, settings: SettingsService, log: Log) -> None:
        self._sensor = board.sensor
        self._lighting = lighting
        self._settings = settings
        self._log = log
        self._foreseen: "Foreseen | None" = None
        self.sensor_errors = 0

    def foresee(self) -> Foreseen:
        """Light up and begin a frame that may be wanted; `take` or `forget` must follow.

        The exposure itself begins when the caller gives way. Raises Failure if the light is locked.
        """
        zones = self._lighting.begin_exposure()
        self._foreseen = Foreseen(lambda: self._expose(zones), self._lighting.end_exposure)
        return self._foreseen

    async def forget(self) -> None:
        """The frame that was foreseen is not wanted."""
        foreseen, self._foreseen = self._foreseen, None
        if foreseen is not None:
            await foreseen.drop()

    async def take(self, foreseen: "Foreseen | None") -> "Taken":
        """One frame and what was on: the foreseen one, if it is still there, else a new one.

        Raises Failure; the light is off then.
        """
        if foreseen is not None and foreseen is self._foreseen:
            self._foreseen = None
            return await foreseen.result()
        await self.forget()
        return await self._expose(self._lighting.begin_exposure())

    async def _expose(self, zones: "list[ZoneLight]") -> "Taken":
        """The light is on; it is off as soon as the sensor needs it no longer."""
        try:
            await self._expose_lit()
            return await asyncio.wait_for(self._sensor.frame(), FRAME_TIMEOUT_S), zones
        except (OSError, asyncio.TimeoutError) as error:
            failure = "it did not end in time" if isinstance(error, asyncio.TimeoutError) else repr(error)
            self.failed(error)
            await self._recover()
            raise Failure(ErrorCode.SENSOR_FAILED, "the image sensor failed: {}".format(failure))

    async def _expose_lit(self) -> None:
        settings = self._settings.current
        whole = False
        try:
            await self._lighting.settle()
            await asyncio.wait_for(
                self._sensor.expose(settings.exposure_us, settings.gain_milli, settings.jpeg_quality),
                EXPOSE_TIMEOUT_S,
            )
        finally:
            whole = self._lighting.end_exposure()
        if not whole:
            raise Failure(ErrorCode.LIGHT_LOCKED, "the light went out during the exposure")

    def failed(self, error: BaseException) -> None:
        """The sensor did: counted, and written to the log."""
        self.sensor_errors += 1
        self._log.failure("sensor", error)

    async def _recover(self) -> None:
        try:
            await asyncio.wait_for(self._sensor.recover(), RECOVER_TIMEOUT_S)
        except (OSError, asyncio.TimeoutError) as error:
            self._log.failure("sensor", error)
