"""How the camera is: the numbers behind REQ HEALTH."""

import asyncio

from camera_app.services.button import ButtonService
from camera_app.services.capture import NO_TEMPERATURE, Capture
from camera_app.services.heap import Heap
from camera_app.services.light_hours import LightHours
from camera_app.services.services import Services
from oralcam_protocol.wire.codec import Health

CHECK_S = 60  # far more often than the ticks wrap


class HealthService:
    """Gathers counters from where they are counted."""

    def __init__(
        self, services: Services, capture: Capture, button: ButtonService, heap: Heap, hours: LightHours
    ) -> None:
        self._heap = heap
        self._hours = hours
        self._board = services.board
        self._clock = services.clock
        self._session = services.session
        self._links = services.links
        self._events = services.events
        self._queue = services.queue
        self._capture = capture
        self._lighting = services.lighting
        self._button = button
        self._losses = services.losses
        self.task_restarts = 0

    async def get(self, payload: bytes) -> Health:
        """REQ HEALTH."""
        tip_mc = self._lighting.tip_temperature_mc
        return Health(
            uptime_us=self._clock.now_us(),
            tip_temperature_mc=NO_TEMPERATURE if tip_mc is None else tip_mc,
            supply_mv=self._board.sensors.supply_mv(),
            heap_free=self._heap.free,
            heap_used=self._heap.used,
            store_free=self._board.store.free_bytes(),
            photos_waiting=len(self._queue),
            presses=self._button.presses,
            photos_accepted=self._capture.accepted,
            presses_refused=self._capture.refused,
            captures_lost=self._losses.counted,
            sensor_errors=self._capture.exposures.sensor_errors,
            events_overwritten=self._events.ring.overwritten,
            light_on_ms=self._hours.total_ms,
            light_lock=self._lighting.lock,
            frames_received=self._links.frames_received,
            frames_damaged=self._links.frames_damaged,
            frames_stale=self._session.stale,
            bytes_outside=self._links.bytes_outside,
            write_stalls=self._links.write_stalls,
            task_restarts=self.task_restarts,
            heap_largest=self._heap.largest,
        )

    async def run(self) -> None:
        """Keep the clock unwrapped and look at the heap, forever."""
        while True:
            self._clock.now_us()
            self._hours.keep()
            await self._heap.measure()
            await asyncio.sleep(CHECK_S)
