"""The LED ring for the host and for captures. What is lit is `camera_app.safety`'s affair alone."""

import asyncio

from camera_app.hal import Board
from camera_app.safety.demand import ZONES
from camera_app.safety.limits import CHECK_MS
from camera_app.safety.safety import Safety
from camera_app.services.clock import Clock
from camera_app.services.events import Events
from camera_app.services.failure import Failure
from camera_app.services.indicator import FAULT, IndicatorService
from camera_app.services.links import Links
from camera_app.services.log import Log
from oralcam_protocol.wire.codec import LightReply, LightRequest, ZoneLight
from oralcam_protocol.wire.enums import ErrorCode, EventType, LightLock

DEFAULT_PERMILLE = 600  # all zones: a press with nothing configured gives a usable photo
SETTLE_US = 4000  # LED driver and LEDs, before the exposure begins
# what needs a technician, not patience: shown by the handpiece
BROKEN = (
    LightLock.NO_TEMPERATURE,
    LightLock.FROZEN,
    LightLock.DISAGREE,
    LightLock.RING_FAULT,
    LightLock.CLOCK_STOPPED,
)


class Lighting:
    """Requests, exposures, and the task that runs the safety check."""

    def __init__(
        self, board: Board, clock: Clock, events: Events, links: Links, indicator: IndicatorService, log: Log
    ) -> None:
        self.safety = Safety(board.ring, board.sensors, board.watchdog, board.ticks)
        self._clock = clock
        self._events = events
        self._links = links
        self._indicator = indicator
        self._log = log
        self._lit_up_us = 0
        self.safety.ask([DEFAULT_PERMILLE] * ZONES, False)
        self.safety.start()

    @property
    def lock(self) -> int:
        """LightLock."""
        return self.safety.lock

    @property
    def tip_temperature_mc(self) -> "int | None":
        """As it was read last; None if it is not known."""
        return self.safety.temperature_mc

    def heard(self) -> None:
        """The host is alive."""
        self.safety.heard()

    def host_gone(self) -> None:
        """The host said goodbye."""
        self.safety.host_gone()

    def zones(self) -> "list[ZoneLight]":
        """What each zone was asked for and what it gets now."""
        levels, currents = self.safety.levels_permille, self.safety.currents_ua
        return [ZoneLight(level, current) for level, current in zip(levels, currents)]

    def begin_exposure(self) -> "list[ZoneLight]":
        """Light up; returns what is on. Raises Failure if light was asked for and is locked.

        `settle` before the exposure, `end_exposure` behind it.
        """
        if not any(self.safety.currents_ua):
            self._lit_up_us = self._clock.now_us()
        if not self.safety.begin_exposure():
            self.safety.end_exposure()
            self._tell()
            raise Failure(ErrorCode.LIGHT_LOCKED, "the light is locked for safety")
        return self.zones()

    async def settle(self) -> None:
        """Wait until the ring is as bright as it will be."""
        left_us = SETTLE_US - (self._clock.now_us() - self._lit_up_us)
        if left_us > 0:
            await asyncio.sleep(left_us / 1000000)

    def end_exposure(self) -> bool:
        """Back to what it was before `begin_exposure`; False if the light went out in the middle."""
        return self.safety.end_exposure()

    def reply(self) -> LightReply:
        """What is on."""
        return LightReply(1 if self.safety.steady else 0, self.safety.lock, self.zones())

    async def get(self, payload: bytes) -> LightReply:
        """REQ LIGHT_GET."""
        return self.reply()

    async def set(self, payload: bytes) -> LightReply:
        """REQ LIGHT_SET."""
        request = LightRequest.unpack(payload)
        levels = request.levels_permille
        if len(levels) != ZONES or max(levels) > 1000:
            raise Failure(ErrorCode.OUT_OF_RANGE, "{} levels of 0..1000 are wanted".format(ZONES))
        self.safety.ask(levels, request.steady != 0)
        return self.reply()

    async def run(self) -> None:
        """Run the safety check for ever, then tell what it found."""
        while True:
            self.safety.check()
            if self.safety.steady and self._links.active.opened() is False:
                self.safety.host_gone()
            self._tell()
            await asyncio.sleep(CHECK_MS / 1000)

    def _tell(self) -> None:
        self.safety.news.tell(self._announce)

    def _announce(self, code: int) -> None:
        self._events.announce(EventType.LIGHT, self._clock.now_us(), code=code)
        if code in BROKEN:
            self._log.say(
                "light: lock {}, {} calls of the ring failed".format(code, self.safety.failed_calls)
            )
            self._indicator.show(FAULT)
