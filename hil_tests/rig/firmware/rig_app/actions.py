"""What the rig does for a host: each request's own part."""

import asyncio

from camera_app.services.clock import Clock
from camera_app.services.failure import Failure
from oralcam_protocol.wire.enums import ErrorCode
from oralcam_protocol.wire.message import Message
from rig_app import messages
from rig_app.core.strobe import StrobeWatch
from rig_app.core.thermostat import LIMIT_MC, Thermostat
from rig_app.hal import Contact, RigBoard

REST_S = 0.03  # a press sooner after another is a bounce


class Actions:
    """Buttons, power, light and heat. One press at a time."""

    def __init__(self, board: RigBoard, clock: Clock, thermostat: Thermostat) -> None:
        self._board = board
        self._clock = clock
        self._thermostat = thermostat
        self._pressing = asyncio.Lock()

    async def _switch(self, contact: Contact, payload: bytes) -> Message:
        request = messages.Switch.unpack(payload)
        if request.on > 1:
            raise Failure(ErrorCode.OUT_OF_RANGE, "on must be 0 or 1")
        return messages.Switched(self._clock.at_us(await contact.set(request.on == 1)))

    async def button(self, payload: bytes) -> Message:
        """REQ BUTTON."""
        return await self._switch(self._board.button, payload)

    async def power(self, payload: bytes) -> Message:
        """REQ POWER."""
        return await self._switch(self._board.power, payload)

    async def press(self, payload: bytes) -> Message:
        """REQ PRESS: answered when the button is up again, and the next press would count."""
        request = messages.Press.unpack(payload)
        _within("hold_ms", request.hold_ms, messages.LONGEST_HOLD_MS)
        async with self._pressing:
            down = await self._board.button.set(True)
            try:
                await asyncio.sleep(request.hold_ms / 1000)
            finally:
                up = await self._board.button.set(False)
            await asyncio.sleep(REST_S)
        return messages.Pressed(self._clock.at_us(down), self._clock.at_us(up))

    async def light(self, payload: bytes) -> Message:
        """REQ LIGHT."""
        return messages.Light(self._clock.now_us(), self._board.light.read())

    async def temperature(self, payload: bytes) -> Message:
        """REQ TEMPERATURE."""
        reading_mc = self._board.thermometer.read_mc()
        return messages.Temperature(0 if reading_mc is None else 1, reading_mc or 0)

    async def heater(self, payload: bytes) -> None:
        """REQ HEATER."""
        request = messages.Heater.unpack(payload)
        if request.on > 1 or (request.on and not 0 <= request.millidegrees <= LIMIT_MC):
            raise Failure(ErrorCode.OUT_OF_RANGE, "the heater goes from 0 to {} m°C".format(LIMIT_MC))
        self._thermostat.ask(request.millidegrees if request.on else None)

    async def time_press(self, payload: bytes) -> Message:
        """REQ TIME_PRESS: answered when the strobe is over, or did not come in time."""
        request = messages.TimePress.unpack(payload)
        _within("hold_ms", request.hold_ms, messages.LONGEST_HOLD_MS)
        _within("watch_ms", request.watch_ms, messages.LONGEST_WATCH_MS)
        watch = StrobeWatch(request.threshold_mv)
        async with self._pressing:
            watching = asyncio.create_task(self._watch(watch, request.watch_ms))
            await asyncio.sleep(0)  # it looks before the press
            down_us = self._clock.at_us(await self._board.button.set(True))
            try:
                await asyncio.sleep(request.hold_ms / 1000)
            finally:
                await self._board.button.set(False)
            await watching
            await asyncio.sleep(REST_S)
        return messages.Strobe(down_us, watch.lit_us, watch.dark_us)

    async def _watch(self, watch: StrobeWatch, watch_ms: int) -> None:
        sampling = self._board.light.watch(lambda at, levels: watch.feed(self._clock.at_us(at), levels))
        try:
            await asyncio.wait_for(sampling, watch_ms / 1000)
        except asyncio.TimeoutError:
            pass  # the zeros in the answer say so


def _within(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise Failure(ErrorCode.OUT_OF_RANGE, "{} must be in 1..{}".format(name, most))
