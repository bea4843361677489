"""The capture button and the indicator: a hand and eyes at the bench."""

import asyncio

from boards.bench.channel import Channel
from boards.bench.faults import Faults
from camera_app import hal

EDGES_MAX = 32  # as in a board's interrupt: what does not fit is lost, the level is not


class BenchButton(hal.ButtonInput):
    """The bench presses it."""

    def __init__(self, channel: Channel, faults: Faults, ticks: hal.Ticks) -> None:
        self._channel = channel
        self._faults = faults
        self._ticks = ticks
        self._level = False
        self._edges: "list[tuple[bool, int]]" = []
        self._changed = asyncio.Event()
        channel.listeners["button"] = self._set

    def _set(self, pressed: bool) -> None:
        self._level = pressed
        if len(self._edges) < EDGES_MAX:
            self._edges.append((pressed, self._ticks.ticks_us()))
        self._changed.set()
        self._channel.say("button", pressed)  # a hand that holds it counts from here

    async def wait(self) -> None:
        """Return when there is an edge."""
        self._faults.meet("button.wait")
        await self._changed.wait()
        self._changed.clear()

    def take_edge(self) -> "tuple[bool, int] | None":
        """The next edge."""
        self._faults.meet("button.take_edge")
        return self._edges.pop(0) if self._edges else None

    def pressed(self) -> bool:
        """The level now."""
        return self._edges[0][0] if self._edges else self._level


class BenchIndicator(hal.Indicator):
    """The bench sees it."""

    def __init__(self, channel: Channel, faults: Faults) -> None:
        self._channel = channel
        self._faults = faults

    def show(self, pattern: str) -> None:
        """Show a pattern."""
        if not self._faults.meet("indicator.show"):
            self._channel.say("show", pattern)
