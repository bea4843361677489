"""The capture button: edges to presses, presses to events and orders for a photo."""

import asyncio

from camera_app.core.button import Button
from camera_app.hal import ButtonInput, Records
from camera_app.services.capture import Capture, Order
from camera_app.services.clock import Clock
from camera_app.services.events import Events
from camera_app.services.stored import StoredNumbers
from oralcam_protocol.wire.enums import ErrorCode, EventType


class ButtonService:
    """Counts presses for the camera's whole life."""

    def __init__(
        self, button: ButtonInput, records: Records, clock: Clock, events: Events, capture: Capture
    ) -> None:
        self._input = button
        self._button = Button(button.pressed())
        self._numbers = StoredNumbers(records, "press")
        self._clock = clock
        self._events = events
        self._capture = capture
        self.presses = 0
        self._number = 0
        self._foreseen: "Order | None" = None

    def _next_number(self) -> int:
        """0 if it cannot be stored: a number that might be used twice is none."""
        try:
            return self._numbers.take()
        except OSError:
            return 0

    def _take_in(self) -> None:
        while True:
            edge = self._input.take_edge()
            if edge is None:
                break
            self._button.edge(edge[0], self._clock.at_us(edge[1]) // 1000)
        now_ms = self._clock.now_ms()
        self._button.edge(self._input.pressed(), now_ms)  # an edge may be lost, the level is not
        self._button.poll(now_ms)

    async def run(self) -> None:
        """Watch the button for ever."""
        while True:
            self._take_in()
            if self._button.unsettled_press and self._button.closed and self._foreseen is None:
                self._foreseen = self._capture.foresee(self._next_number)
            while True:
                found = self._button.take()
                if found is None:
                    break
                type, at_ms = found
                if type == EventType.PRESS:
                    self.presses += 1
                    foreseen = self._foreseen
                    self._number = self._next_number() if foreseen is None else foreseen.press_number
                self._events.announce(type, at_ms * 1000, press_number=self._number)
                if type == EventType.PRESS and self._number:
                    if self._capture.order_by_button(self._number, self._foreseen):
                        self._foreseen = None
                elif type == EventType.PRESS:
                    self._capture.refuse(0, ErrorCode.INTERNAL)
            if self._foreseen is not None and not self._button.unsettled_press:
                foreseen, self._foreseen = self._foreseen, None
                await self._capture.withdraw(foreseen)
            pause_s = self._button.next_poll_ms(self._clock.now_ms()) / 1000
            try:
                await asyncio.wait_for(self._input.wait(), pause_s)
            except asyncio.TimeoutError:
                pass
