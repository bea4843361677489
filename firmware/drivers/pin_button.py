"""The capture button at a pin: its edges by interrupt, where there is one, and its level by sampling.

An interrupt's edge may be lost (the scheduler's queue holds 4 to 8 and drops silently); the level is not, so
that `wait` and `take_edge` look at it too. The contact bounces: `camera_app.core.button` decides what a press
is.
"""

import asyncio
from array import array

from camera_app import hal

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only
    from drivers.machine_types import EdgePin, Flag

KEPT = 32  # edges; more are lost, as a full queue loses them
SAMPLE_S = 0.1  # beside an interrupt: as late as a lost edge is seen
SAMPLE_ALONE_S = 0.005  # where there is none


class PinButton(hal.ButtonInput):
    """`pressed_level`: 0 for a contact to ground with a pull-up. `flag`: an `asyncio.ThreadSafeFlag`.

    `hard`: let the interrupt run hard where the port knows that. The handler allocates nothing either way,
    and it alone writes what it shares with the rest.
    """

    def __init__(
        self, pin: "EdgePin", pressed_level: int, ticks: hal.Ticks, flag: "Flag", hard: bool = False
    ) -> None:
        self._pin = pin
        self._pressed_level = pressed_level
        self._ticks = ticks
        self._flag = flag
        self._times = array("I", [0] * KEPT)
        self._levels = bytearray(KEPT)
        self._put = 0  # edges that the interrupt noted
        self.lost = 0  # edges for which there was no room
        self._taken = 0
        self._level = self.pressed()  # that the newest taken edge led to
        self.has_interrupt = self._listen(hard)

    async def wait(self) -> None:
        """Return when there is an edge, seen by interrupt or by sampling the level."""
        while self._put == self._taken and self.pressed() == self._level:
            if not self.has_interrupt:
                await asyncio.sleep(SAMPLE_ALONE_S)
                continue
            try:
                await asyncio.wait_for(self._flag.wait(), SAMPLE_S)
            except asyncio.TimeoutError:
                pass

    def take_edge(self) -> "tuple[bool, int] | None":
        """Return the next edge, pressed or not and when; None if there is none."""
        while self._taken != self._put:
            index = self._taken % KEPT
            pressed, at_us = bool(self._levels[index]), self._times[index]
            self._taken += 1
            if pressed != self._level:  # a bounce was over before the interrupt looked
                self._level = pressed
                return pressed, at_us
        pressed = self.pressed()
        if pressed == self._level:
            return None
        self._level = pressed
        return pressed, self._ticks.ticks_us()

    def pressed(self) -> bool:
        """Return the level now."""
        return self._pin.value() == self._pressed_level

    def _listen(self, hard: bool) -> bool:
        trigger = self._pin.IRQ_FALLING | self._pin.IRQ_RISING
        try:
            if hard:
                try:
                    self._pin.irq(self._on_edge, trigger, hard=True)
                    return True
                except TypeError:  # an ESP32's irq() does not know the word
                    pass
            self._pin.irq(self._on_edge, trigger)
        except (OSError, ValueError, NotImplementedError):
            return False  # no interrupt at this pin: sampling alone
        return True

    def _on_edge(self, _: object) -> None:
        if self._put - self._taken >= KEPT:
            self.lost += 1
        else:
            index = self._put % KEPT
            self._levels[index] = self._pin.value() == self._pressed_level
            self._times[index] = self._ticks.ticks_us()
            self._put += 1
        self._flag.set()
