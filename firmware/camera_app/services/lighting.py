"""The LED ring: levels, steady light, light for an exposure. `core.light` has the last word."""

import asyncio

from camera_app.core.light import ZONES, LightGuard, RingState
from camera_app.hal import Ring, Sensors
from camera_app.services.clock import Clock
from camera_app.services.events import Events
from camera_app.services.failure import Failure
from oralcam_protocol.wire.codec import LightReply, LightRequest, ZoneLight
from oralcam_protocol.wire.enums import ErrorCode, EventType, LightLock

DEFAULT_PERMILLE = 600  # all zones: a press with nothing configured gives a usable photo
CHECK_S = 0.1
SETTLE_S = 0.004  # LED driver and LEDs, before the exposure begins


class Lighting:
    """What is lit, and why not."""

    def __init__(self, ring: Ring, sensors: Sensors, clock: Clock, events: Events) -> None:
        self._ring = ring
        self._sensors = sensors
        self._clock = clock
        self._events = events
        self._guard = LightGuard()
        self.state = RingState([DEFAULT_PERMILLE] * ZONES)
        self.tip_temperature_mc: "int | None" = None
        self._lit_since_ms = -1
        self._on_ms = 0
        self._applied: "list[int]" = []
        self.check()

    @property
    def lock(self) -> int:
        """LightLock."""
        return self._guard.lock

    def on_ms(self) -> int:
        """Milliseconds that the ring was lit since start."""
        now = self._clock.now_ms() - self._lit_since_ms if self._lit_since_ms >= 0 else 0
        return self._on_ms + now

    def check(self) -> None:
        """Read the temperature and drive the ring as it should be now."""
        self.tip_temperature_mc = self._sensors.tip_temperature_mc()
        if self._guard.temperature(self.tip_temperature_mc):
            self._events.announce(EventType.LIGHT, self._clock.now_us(), code=self._guard.lock)
        self._drive()

    def _drive(self) -> None:
        now_ms = self._clock.now_ms()
        if self.state.lit(now_ms):
            currents = self._guard.currents_ua(self.state.levels_permille, self._ring.rated_ua)
        else:
            currents = [0] * ZONES
        if currents == self._applied:
            return
        self._applied = currents
        self._ring.apply(currents)
        self._ring.enable(any(currents))
        if any(currents) and self._lit_since_ms < 0:
            self._lit_since_ms = now_ms
        elif not any(currents) and self._lit_since_ms >= 0:
            self._on_ms += now_ms - self._lit_since_ms
            self._lit_since_ms = -1

    def zones(self) -> "list[ZoneLight]":
        """What each zone was asked for and what it gets now."""
        return [
            ZoneLight(level, current) for level, current in zip(self.state.levels_permille, self._applied)
        ]

    async def begin_exposure(self) -> "list[ZoneLight]":
        """Light up and settle; returns what is on. Light that was asked for and is locked is a failure."""
        self.check()
        if self._guard.lock != LightLock.NONE and any(self.state.levels_permille):
            raise Failure(ErrorCode.LIGHT_LOCKED, "the light is locked for safety")
        was_lit = any(self._applied)
        self.state.exposing(True, self._clock.now_ms())
        self._drive()
        if not was_lit:
            await asyncio.sleep(SETTLE_S)
        return self.zones()

    def end_exposure(self) -> None:
        """Back to what it was before `begin_exposure`."""
        self.state.exposing(False, self._clock.now_ms())
        self._drive()

    def host_gone(self) -> None:
        """The host said goodbye."""
        self.state.host_gone()
        self._drive()

    def reply(self) -> LightReply:
        """What is on."""
        return LightReply(1 if self.state.steady else 0, self._guard.lock, self.zones())

    async def get(self, payload: bytes) -> LightReply:
        """REQ LIGHT_GET."""
        return self.reply()

    async def set(self, payload: bytes) -> LightReply:
        """REQ LIGHT_SET."""
        request = LightRequest.unpack(payload)
        levels = request.levels_permille
        if len(levels) != ZONES or max(levels) > 1000:
            raise Failure(ErrorCode.OUT_OF_RANGE, "{} levels of 0..1000 are wanted".format(ZONES))
        self.state.ask(levels, request.steady != 0, self._clock.now_ms())
        self.check()
        return self.reply()

    async def run(self) -> None:
        """Watch temperature and time for ever."""
        while True:
            self.check()
            await asyncio.sleep(CHECK_S)
